package igpt.report.html;

import igpt.launch.JobCatalogue;
import igpt.recipe.Picture;
import igpt.report.html.Block.Image;
import igpt.report.html.Block.Paragraph;
import igpt.schema.artifact.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pictures that artifacts have among their files. */
final class Images {
    private Images() {}

    /** @param shown a picture, as the page shows it */
    static List<Block> of(
            JobCatalogue catalogue, JdbcClient jdbc, List<Artifact> artifacts, Function<Picture, Block> shown) {
        var blocks = new ArrayList<Block>();
        for (var recipe : catalogue.recipes()) {
            for (var artifact : recipe.among(artifacts)) {
                if (artifact.complete()) {
                    recipe.pictures(jdbc, artifact).stream().map(shown).forEach(blocks::add);
                }
            }
        }
        return blocks;
    }

    /** The picture itself: the page needs no other file. */
    static Block whole(Path runs, Picture picture) {
        var file = runs.resolve(picture.path());
        try {
            var data = "data:image/png;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file));
            return new Image(picture.title(), picture.caption(), picture.alternative(), data);
        } catch (IOException e) { // deleted by hand, as a run's files may be
            return new Paragraph(picture.title() + ": " + file + " cannot be read");
        }
    }
}
