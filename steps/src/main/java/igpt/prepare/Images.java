package igpt.prepare;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.SplitPlan;
import igpt.image.decode.BrokenImageException;
import igpt.image.decode.Crop;
import igpt.recipe.Input;
import igpt.recipe.RunContext;
import igpt.schema.InputException;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.SkippedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The images that the run prepares, opened once for all its steps. */
@Component
public final class Images implements DisposableBean {
    private final RunContext run;
    private @Nullable ImageSource source;
    private @Nullable SplitPlan plan;

    public Images(RunContext run) {
        this.run = run;
    }

    /** @throws InputException if they are not those the run began with: its parts would not fit together */
    public ImageSource source() {
        if (source == null) {
            var opened = run.parameters(PrepareParameters.class).openSource();
            if (!opened.fingerprint()
                    .equals(run.inputs().get(Input.Images.class).source())) {
                throw new InputException(
                        "the images of " + opened.name() + " have changed since this run began; start a new run");
            }
            source = opened;
        }
        return source;
    }

    /** What the source could not even list. */
    public List<SkippedImage> listed(Artifact dataset) {
        return source().leftOut().skipped().stream()
                .map(skipped -> new SkippedImage(dataset.id(), skipped.source(), skipped.reason()))
                .toList();
    }

    /** Which image goes where; it follows from the parameters. */
    public SplitPlan plan() {
        if (plan == null) {
            plan = run.parameters(PrepareParameters.class).plan(source().images());
        }
        return plan;
    }

    /** A row by its place in the plan. Its id is the place; its source tells a random crop's number. */
    public ImageRef row(int place) {
        var image = source().images().get(plan().image(place));
        int variant = plan().variant(place);
        return variant == 0
                ? image
                : new ImageRef(place, image.split(), image.label(), image.source() + " crop " + variant);
    }

    /** @param rgb room for 3 · resolution² bytes */
    public void read(int place, byte[] rgb, int resolution) throws BrokenImageException {
        var image = source().images().get(plan().image(place));
        int variant = plan().variant(place);
        long seed = run.parameters(PrepareParameters.class).seed();
        source().read(image, variant == 0 ? Crop.CENTRE : Crop.random(seed, image.id(), variant), rgb, resolution);
    }

    /** Where a dataset's decoded pixels lie until it is published. */
    public static Path pixels(Path dataset) {
        return dataset.resolve("pixels");
    }

    /** Those of one part. */
    public static Path pixels(Path dataset, SplitPlan.Part part) {
        return pixels(dataset).resolve(part.name() + ".rgb");
    }

    @Override
    public void destroy() throws IOException {
        if (source != null) {
            source.close();
        }
    }
}
