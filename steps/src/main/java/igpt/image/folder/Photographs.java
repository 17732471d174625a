package igpt.image.folder;

import igpt.image.Fingerprint;
import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.decode.AreaAverage;
import igpt.image.decode.BrokenImageException;
import igpt.image.decode.Crop;
import igpt.image.decode.Decoder;
import igpt.image.decode.Decoding;
import igpt.image.decode.ImageKind;
import igpt.image.decode.Orientation;
import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Files of pictures of any size and kind ({@link ImageKind}), wherever they lie. */
public abstract class Photographs implements ImageSource {
    /**
     * A JPEG is decoded at a fraction of its size that leaves at least so many pixels a side for each that is wanted. Of
     * 200 ImageNet images shrunk to 32 × 32, 7 % of the tokens change with 3, 15 % with 2, 34 % with 1; decoding, which
     * ratio 2 makes half as quick again, gains another 4 and 21 %.
     */
    private static final int SCALED_PIXELS = 3;

    static final String IMAGENET = "imagenet";

    private final Decoding decoding;
    private final boolean imageNet;
    private final Set<String> warnings = new TreeSet<>();
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private @Nullable Decoder decoder; // made when the first image is read: TensorFlow takes a second to load

    /** What a thread uses again for each image. */
    private static final class Scratch {
        final Decoder.Pixels pixels = new Decoder.Pixels();
        AreaAverage average = new AreaAverage(1);
        byte[] square = new byte[0];

        AreaAverage average(int resolution) {
            if (average.resolution() != resolution) {
                average = new AreaAverage(resolution);
                square = new byte[3 * resolution * resolution];
            }
            return average;
        }
    }

    /** @param imageNet whether it is ILSVRC, whose images the paper takes as they lie */
    Photographs(Decoding decoding, boolean imageNet) {
        this.decoding = decoding;
        this.imageNet = imageNet;
    }

    /** As a part of the fingerprint: how pixels are decoded, unless as usual. */
    final Fingerprint fingerprint(String format) {
        return new Fingerprint(format + decoding.fingerprint(imageNet));
    }

    @Override
    public final @Nullable String published() {
        return imageNet ? IMAGENET : null;
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
        var pixels = mine.pixels;
        int enough = decoding.dctScaling() ? SCALED_PIXELS * resolution : Integer.MAX_VALUE;
        decoder().decode(bytes(ref), ref.source(), crop, enough, pixels);
        var average = mine.average(resolution);
        if (pixels.orientation().equals(Orientation.UPRIGHT)) {
            average.average(pixels.rgb(), pixels.width(), pixels.window(), rgb);
        } else {
            average.average(pixels.rgb(), pixels.width(), pixels.window(), mine.square);
            pixels.orientation().turn(mine.square, rgb, resolution);
        }
        pixels.warnings().forEach(warning -> warn(ref.source() + ": " + warning));
    }

    @Override
    public final @Nullable String onlyColour(ImageRef ref) {
        try {
            return OneColour.of(bytes(ref), ref.source());
        } catch (BrokenImageException e) {
            return null;
        }
    }

    @Override
    public final @Nullable String headerFault(ImageRef ref) {
        try {
            Decoder.checkHeader(bytes(ref), ref.source());
            return null;
        } catch (BrokenImageException e) {
            return e.reason();
        }
    }

    private void warn(String line) {
        synchronized (warnings) {
            warnings.add(line);
        }
    }

    @Override
    public final List<String> takeWarnings() {
        synchronized (warnings) {
            var taken = List.copyOf(warnings);
            warnings.clear();
            return taken;
        }
    }

    private synchronized Decoder decoder() {
        var made = decoder;
        if (made == null) {
            made = new Decoder(decoding.background(), decoding.turns(imageNet));
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
