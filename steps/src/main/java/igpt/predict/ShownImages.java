package igpt.predict;

import igpt.image.LeftOut;
import igpt.image.decode.BrokenImageException;
import igpt.prepare.NewImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The images that a model is shown: the user's own, or those of a dataset that is prepared. */
interface ShownImages extends AutoCloseable {
    String DATA = "the images: a folder in any layout, one picture, an archive that prepare takes, or shapes";
    String DATASET = "or those of a prepared dataset: its name or its run's number";
    String SPLIT = "which images, where there are splits; auto: those to test on";
    String PART_ROWS = "images in a part file; what a kill can lose";

    /**
     * An image.
     *
     * @param label its class by name; null where there is none
     */
    record Image(Shown shown, String file, @Nullable String label) {}

    /** Some of them, in order; broken ones are named apart. */
    record Block(List<Image> images, List<LeftOut.Skipped> broken) {}

    /** What they are called. */
    String name();

    /** Where they come from: a path, or the dataset's name. */
    String source();

    int count();

    /** The names of all classes that they have. */
    List<String> classes();

    /** What there is besides images. */
    LeftOut leftOut();

    /** What decoders minded in images that were read all the same, since this was last asked. */
    List<String> takeWarnings();

    /** Images {@code from} to {@code to}, as that model is shown them. */
    Block read(int from, int to, Predictor predictor) throws IOException, InterruptedException, ExecutionException;

    /** To be looked at: about so many pixels a side. */
    BufferedImage picture(int place, int side) throws IOException, BrokenImageException;

    @Override
    void close() throws IOException;

    /** Images of the user's own. */
    record Own(NewImages images, String source, int threads) implements ShownImages {
        @Override
        public String name() {
            return images.name();
        }

        @Override
        public int count() {
            return images.count();
        }

        @Override
        public List<String> classes() {
            return images.classes();
        }

        @Override
        public LeftOut leftOut() {
            return images.leftOut();
        }

        @Override
        public List<String> takeWarnings() {
            return images.takeWarnings();
        }

        @Override
        public Block read(int from, int to, Predictor predictor) throws InterruptedException, ExecutionException {
            var read = images.read(from, to, threads, igpt.recipe.ProgressReporter.Meter.none());
            var shown = read.images().stream()
                    .map(pixels -> {
                        var image = images.image(pixels.place());
                        var label = image.label() < 0 ? null : images.classes().get(image.label());
                        var tokens = predictor.tokens(pixels.rgb());
                        return new Image(new Shown(pixels.place(), tokens), image.source(), label);
                    })
                    .toList();
            return new Block(shown, read.broken());
        }

        @Override
        public BufferedImage picture(int place, int side) throws BrokenImageException {
            byte[] rgb = new byte[3 * side * side];
            images.read(place, rgb, side);
            return igpt.picture.Pictures.of(rgb, side, side);
        }

        @Override
        public void close() throws IOException {
            images.close();
        }
    }
}
