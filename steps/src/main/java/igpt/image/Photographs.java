package igpt.image;

import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JPEG and PNG files of any size, wherever they lie. What a file is, its first bytes tell. */
abstract class Photographs implements ImageSource {
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private @Nullable Decoder decoder; // made when the first image is read: TensorFlow takes a second to load

    /** What a thread uses again for each image. */
    private static final class Scratch {
        final Decoder.Pixels pixels = new Decoder.Pixels();
        AreaAverage average = new AreaAverage(1);

        AreaAverage average(int resolution) {
            if (average.resolution() != resolution) {
                average = new AreaAverage(resolution);
            }
            return average;
        }
    }

    abstract FolderLayout layout();

    /** A file as it lies there. */
    abstract byte[] bytes(ImageRef ref) throws BrokenImageException;

    @Override
    public final List<String> classes() {
        return layout().classes();
    }

    @Override
    public final List<ImageRef> images() {
        var layout = layout();
        return new AbstractList<>() {
            @Override
            public ImageRef get(int id) {
                var split = id < layout.trainImages() ? Split.TRAIN : Split.TEST;
                return new ImageRef(id, split, layout.labels()[id], layout.sources()[id]);
            }

            @Override
            public int size() {
                return layout.sources().length;
            }
        };
    }

    @Override
    public final void read(ImageRef ref, Crop crop, byte[] rgb, int resolution) throws BrokenImageException {
        var mine = scratch.get();
        decoder().decode(bytes(ref), ref.source(), crop, mine.pixels);
        mine.average(resolution).average(mine.pixels.rgb(), mine.pixels.width(), mine.pixels.window(), rgb);
    }

    private synchronized Decoder decoder() {
        var made = decoder;
        if (made == null) {
            made = new Decoder();
            decoder = made;
        }
        return made;
    }

    @Override
    public synchronized void close() throws IOException {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }
}
