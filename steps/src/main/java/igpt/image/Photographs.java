package igpt.image;

import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JPEG and PNG files of any size, wherever they lie. What a file is, its first bytes tell. */
abstract class Photographs implements ImageSource {
    /**
     * A JPEG is decoded at a fraction of its size that leaves at least so many pixels a side for each that is wanted. Of
     * 200 ImageNet images shrunk to 32 × 32, 7 % of the tokens change with 3, 15 % with 2, 34 % with 1; decoding, which
     * ratio 2 makes half as quick again, gains another 4 and 21 %.
     */
    private static final int SCALED_PIXELS = 3;

    private final boolean dctScaling;
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

    Photographs(boolean dctScaling) {
        this.dctScaling = dctScaling;
    }

    /** As a part of the fingerprint: how pixels are decoded, unless exactly. */
    final Fingerprint fingerprint(String format) {
        return new Fingerprint(dctScaling ? format + " dct scaling 1" : format);
    }

    abstract FolderLayout layout();

    /** A file as it lies there. */
    abstract byte[] bytes(ImageRef ref) throws BrokenImageException;

    @Override
    public final List<String> classes() {
        return layout().classes();
    }

    @Override
    public final boolean hasJpegs() {
        return true;
    }

    @Override
    public final List<ImageRef> images() {
        var layout = layout();
        return new AbstractList<>() {
            @Override
            public ImageRef get(int id) {
                return new ImageRef(id, layout.split(id), layout.labels()[id], layout.sources()[id]);
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
        int enough = dctScaling ? SCALED_PIXELS * resolution : Integer.MAX_VALUE;
        decoder().decode(bytes(ref), ref.source(), crop, enough, mine.pixels);
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
