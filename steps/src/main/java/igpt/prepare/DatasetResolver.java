package igpt.prepare;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.config.UsageException;
import igpt.recipe.Lookup;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the dataset that a user names: by its name, its run's number, or newest. */
public final class DatasetResolver {
    private DatasetResolver() {}

    /** @throws UsageException if there is none, or it is not complete */
    public static Artifact find(String selector, Lookup lookup) {
        var dataset = lookup.artifact(DATASET.kind(), selector, "prepare");
        if (!dataset.complete()) {
            throw new UsageException(
                    "run %d has not finished its dataset: ./igpt resume %1$d".formatted(dataset.run()));
        }
        lookup.say().accept("dataset %s (run %d)".formatted(dataset.name(), dataset.run()));
        return dataset;
    }

    /** To a model, another palette is another language: its features would say nothing, and nobody would know why. */
    public static void checkSameTokens(Artifact model, Artifact dataset, Lookup lookup) {
        var datasets = new Datasets(lookup.jdbc());
        var runs = lookup.project().runs();
        var known = datasets.vocabulary(model.id());
        var given = datasets.vocabulary(dataset.id());
        var palette = runs.resolve(known.palettePath());
        var difference = known.resolution() != given.resolution()
                ? "has %d x %1$d pixels, the model %d x %2$d".formatted(given.resolution(), known.resolution())
                : isSame(palette, runs.resolve(given.palettePath())) ? "" : "has another palette than the model";
        if (!difference.isEmpty()) {
            throw new UsageException(
                    "dataset %s (run %d) %s: ./igpt run prepare data=… resolution=%d colours=%d palette=%s"
                            .formatted(
                                    dataset.name(),
                                    dataset.run(),
                                    difference,
                                    known.resolution(),
                                    known.colours(),
                                    palette));
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.mismatch(one, other) < 0;
        } catch (IOException e) {
            throw new UsageException("cannot read the palettes %s and %s: %s".formatted(one, other, e.getMessage()), e);
        }
    }
}
