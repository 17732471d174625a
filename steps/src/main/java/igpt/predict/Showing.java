package igpt.predict;

import igpt.image.LeftOut;
import igpt.model.Precision;
import igpt.prepare.NewImages;
import igpt.prepare.SkippedLines;
import igpt.recipe.Input;
import igpt.recipe.Networks;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.Tokenizers;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Finding;
import igpt.schema.dataset.SkippedImage;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What the steps share that show images to a model: it opens both, and names the images that were not shown. */
@Component
record Showing(
        RunContext run,
        RunArtifacts artifacts,
        Datasets datasets,
        Networks networks,
        Tokenizers tokenizers,
        JdbcClient jdbc,
        ProgressReporter progress,
        TransactionOperations atOnce) {
    private static final int WARNINGS = 10; // said of a part

    ModelFinder finder() {
        return new ModelFinder(jdbc, run.runs());
    }

    /** @throws UserException if the images are not those that the run began with */
    Opened open(ModelParts model, String data, NewImages.Which split, int batch, Precision precision)
            throws IOException {
        finder().checkIntact(model);
        var images = images(model, data, split);
        try {
            return new Opened(model, model.open(networks.open(model.config(), batch, model.head(), precision)), images);
        } catch (RuntimeException e) {
            images.close();
            throw e;
        }
    }

    /** The images alone. */
    ShownImages images(ModelParts model, String data, NewImages.Which split) throws IOException {
        var dataset = run.inputs().find(Input.Dataset.class);
        if (dataset.isPresent()) {
            var artifact = artifacts.get(dataset.get().artifact().orElseThrow());
            return new DatasetImages(
                    artifact, datasets, tokenizers, ShownImagesResolver.splits(split), artifacts::resolve);
        }
        var images = NewImages.open(data, split, model.preparation());
        if (!images.fingerprint().equals(run.inputs().get(Input.Images.class).source())) {
            images.close();
            throw new UserException(
                    "the images of " + images.name() + " have changed since this run began; start a new run");
        }
        return new ShownImages.Own(images, data, run.threads());
    }

    /** The artifact's name; at most as long as one may be. */
    static String name(ShownImages images) {
        var name = images.name();
        return name.substring(0, Math.min(name.length(), 200));
    }

    /** Stores and says what there is besides images, before the first is shown. */
    void begin(Artifact artifact, LeftOut leftOut) {
        atOnce.executeWithoutResult(now -> {
            datasets.addSkipped(skipped(artifact, leftOut.skipped()));
            datasets.putFindings(artifact.id(), Finding.Kind.LEFT_OUT, leftOut.counts());
        });
        if (!leftOut.counts().isEmpty()) {
            progress.say("left out: " + LeftOut.words(leftOut.counts()));
        }
    }

    /** Stores which images of a block could not be read; in the call's transaction. */
    void skip(Artifact artifact, List<LeftOut.Skipped> broken) {
        datasets.addSkipped(skipped(artifact, broken));
    }

    private static List<SkippedImage> skipped(Artifact artifact, List<LeftOut.Skipped> images) {
        return images.stream()
                .map(image -> new SkippedImage(artifact.id(), image.source(), image.reason()))
                .toList();
    }

    /** What decoders minded in images that were shown all the same. */
    void sayWarnings(ShownImages images) {
        var warnings = images.takeWarnings();
        warnings.stream().limit(WARNINGS).forEach(progress::say);
        if (warnings.size() > WARNINGS) {
            progress.say("and %,d more images that were read, though their decoder complained"
                    .formatted(warnings.size() - WARNINGS));
        }
    }

    /**
     * Names those that could not be read.
     *
     * @param shown those that could
     * @return {@code ; 3 skipped}, or nothing
     * @throws UserException if none could
     */
    String end(Artifact artifact, long shown) {
        var skipped = datasets.skipped(artifact.id());
        SkippedLines.tell(skipped, run, progress);
        if (shown == 0) {
            throw new UserException(
                    "none of the %,d images can be read (named above): give others".formatted(skipped.size()));
        }
        return skipped.isEmpty() ? "" : "; %,d skipped".formatted(skipped.size());
    }

    /** The first part that is not there yet; as many as there are parts if none is missing. */
    static int next(int images, int partRows, Collection<Integer> there) {
        int parts = parts(images, partRows);
        int next = 0;
        while (next < parts && there.contains(next)) {
            next++;
        }
        return next;
    }

    static int parts(int images, int partRows) {
        return (images + partRows - 1) / partRows;
    }
}
