package igpt.prepare;

import igpt.config.UsageException;
import igpt.recipe.Input;
import igpt.recipe.Lookup;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.dataset.Datasets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The palette that a user names: a file, or that of a run's dataset or model. */
@Component
record GivenPalette(Artifacts artifacts, Datasets datasets) {
    /**
     * Where it is.
     *
     * @param palette a file, or a run's number
     * @param runs that paths are relative to
     * @throws UsageException if the run has none
     */
    Path file(String palette, Path runs) {
        if (!Lookup.isNumber(palette)) {
            return Path.of(palette);
        }
        long run = Lookup.number("palette", palette);
        var owner = Stream.of(Input.Dataset.KIND, Input.Checkpoint.KIND)
                .flatMap(kind -> artifacts.ofRun(kind, run).stream())
                .filter(Artifact::complete)
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "palette cannot be %d: that run has made no dataset and no model".formatted(run)));
        return runs.resolve(datasets.vocabulary(owner.id()).palettePath());
    }
}
