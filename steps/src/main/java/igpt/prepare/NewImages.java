package igpt.prepare;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.LeftOut;
import igpt.image.PixelFile.Pixels;
import igpt.image.Split;
import igpt.image.decode.BrokenImageException;
import igpt.image.format.Formats;
import igpt.recipe.ProgressReporter;
import igpt.schema.Counts;
import igpt.schema.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Images of the user's own, to be shown to a model that is there already: a folder in any layout, a single picture, or an
 * archive, all of it or one split, in the order of the source. Each is read as the model's own images were.
 */
public final class NewImages implements Closeable {
    private final ImageSource source;
    private final Preparation preparation;
    private final int[] places; // in the source's list

    /** Which of the images. */
    public enum Which {
        /** The test images where there are others besides; else all. */
        AUTO,
        ALL,
        TRAIN,
        VALIDATION,
        TEST
    }

    /**
     * Images that were read.
     *
     * @param images each by its place in the list, in order; broken ones are missing
     */
    public record Block(List<Pixels> images, List<LeftOut.Skipped> broken) {}

    private NewImages(ImageSource source, Preparation preparation, int[] places) {
        this.source = source;
        this.preparation = preparation;
        this.places = places;
    }

    /**
     * Lists them; reads no pixel.
     *
     * @param data a path, or {@code shapes}
     * @throws UserException if there are none
     */
    public static NewImages open(String data, Which which, Preparation preparation) {
        var source = Formats.openNew(data, preparation.decoding());
        try {
            return new NewImages(source, preparation, places(source.images(), which));
        } catch (RuntimeException e) {
            try {
                source.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static int[] places(List<ImageRef> all, Which which) {
        var splits = all.stream().map(ImageRef::split).distinct().toList();
        var wanted = which == Which.AUTO ? (splits.contains(Split.TEST) ? Which.TEST : Which.ALL) : which;
        var places = IntStream.range(0, all.size())
                .filter(i -> wanted == Which.ALL || all.get(i).split().name().equals(wanted.name()))
                .toArray();
        if (places.length == 0) {
            throw new UserException("split: there are no %s images among the %,d of data; give split=all"
                    .formatted(wanted.name().toLowerCase(Locale.ROOT), all.size()));
        }
        return places;
    }

    /** The source's own, or its folder's. */
    public String name() {
        return source.name();
    }

    /** Names by label; empty where images have none. */
    public List<String> classes() {
        return source.classes();
    }

    public int count() {
        return places.length;
    }

    /** Those of the other splits, which are not shown. */
    public int others() {
        return source.images().size() - places.length;
    }

    /** Where it lies, and its label: of {@link #classes}, or −1. */
    public ImageRef image(int place) {
        return source.images().get(places[place]);
    }

    /** What the source holds besides its images. */
    public LeftOut leftOut() {
        return source.leftOut();
    }

    /** What decoders minded in images that were read all the same, since this was last asked. */
    public List<String> takeWarnings() {
        return source.takeWarnings();
    }

    /** SHA-256 of what their pixels depend on, told without reading them. */
    public String fingerprint() {
        return source.fingerprint();
    }

    /** Images {@code from} to {@code to}, by several threads, at the model's resolution. */
    public Block read(int from, int to, int threads, ProgressReporter.Meter meter)
            throws InterruptedException, ExecutionException {
        var reading = ImageReading.of(
                IntStream.range(from, to).toArray(), preparation.resolution(), this::read, threads, meter);
        var broken = reading.broken().stream()
                .map(one -> new LeftOut.Skipped(image(one.place()).source(), one.reason()))
                .toList();
        return new Block(reading.images(), broken);
    }

    /** One image at any resolution, as the model sees it otherwise: its centre square. */
    public void read(int place, byte[] rgb, int resolution) throws BrokenImageException {
        source.read(image(place), rgb, resolution);
    }

    /**
     * Reads files until the header of one says nothing against its being read: what can be told at launch, when no session of
     * TensorFlow may be opened.
     *
     * @throws UserException if there is none
     */
    public void checkReadable() {
        String first = null;
        for (int place = 0; place < count(); place++) {
            var fault = source.headerFault(image(place));
            if (fault == null) {
                return;
            }
            first = first == null ? image(place).source() + ": " + fault : first;
        }
        throw new UserException(
                "data: none of the images of %s can be read (%s): mend them, or give others".formatted(name(), first));
    }

    /** Where these have been chosen among others: {@code 100 test images}. */
    @Override
    public String toString() {
        var splits = Arrays.stream(places)
                .mapToObj(place -> source.images().get(place).split())
                .distinct()
                .toList();
        var what =
                others() > 0 && splits.size() == 1 ? splits.get(0).name().toLowerCase(Locale.ROOT) + " image" : "image";
        return Counts.of(count(), what);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
