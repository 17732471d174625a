package igpt.predict;

import igpt.model.Precision;
import igpt.prepare.NewImages;
import igpt.prepare.NewImagesReport;
import igpt.recipe.Input;
import igpt.recipe.Networks;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.Tokenizers;
import igpt.schema.InputException;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Datasets;
import java.io.IOException;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the steps share that show images to a model: it opens both, and names the images that were not shown. */
@Component
record Showing(
        RunContext run,
        RunArtifacts artifacts,
        Datasets datasets,
        Networks networks,
        Tokenizers tokenizers,
        JdbcClient jdbc,
        NewImagesReport report) {

    ModelFinder finder() {
        return new ModelFinder(jdbc, run.runs());
    }

    /** @throws InputException if the images are not those that the run began with */
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
            throw new InputException(
                    "the images of " + images.name() + " have changed since this run began; start a new run");
        }
        return new ShownImages.Own(images, data, run.threads());
    }

    /** The artifact's name; at most as long as one may be. */
    static String name(ShownImages images) {
        var name = images.name();
        return name.substring(0, Math.min(name.length(), 200));
    }

    /**
     * Names those that could not be read.
     *
     * @param shown those that could
     * @return {@code ; 3 skipped}, or nothing
     * @throws InputException if none could
     */
    String end(Artifact artifact, long shown) {
        var skipped = report.tell(artifact);
        if (shown == 0) {
            throw new InputException("none of the images can be read (named above): mend them, or give others");
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
