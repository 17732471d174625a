package igpt.image;

import igpt.runtime.ThreadPools;
import java.io.Closeable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodeAndCropJpeg;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * JPEG and PNG to pixels with TensorFlow's own operations, which decode faster than Java's. May be called by many
 * threads; each caller's thread does its own work.
 */
final class Decoder implements Closeable {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private static final long MAX_BYTES = 1L << 28; // 89 million pixels, held once a thread

    /** A JPEG's blocks are 8 × 8: from their lowest frequencies alone come 4 × 4, 2 × 2 or one pixel. */
    private static final int BLOCK = 8;

    private final Graph graph = new Graph();
    private final Session session;

    /** Pixels in a buffer that grows with the largest image; one a thread. */
    static final class Pixels {
        private byte[] rgb = new byte[0];
        private int width;
        private Window window = new Window(1, 0, 0, 0);

        byte[] rgb() {
            return rgb;
        }

        int width() {
            return width;
        }

        /** The square that was asked for, in these pixels. */
        Window window() {
            return window;
        }
    }

    Decoder() {
        var tf = Ops.create(graph);
        var bytes = tf.withName("bytes").placeholder(TString.class);
        var window = tf.withName("window").placeholder(TInt32.class);
        // The exact inverse transform, as Pillow and libjpeg have it by default; TensorFlow's own default is coarser.
        for (int times = 1; times <= BLOCK; times *= 2) {
            tf.withName("jpeg" + times)
                    .image
                    .decodeAndCropJpeg(
                            bytes,
                            window,
                            DecodeAndCropJpeg.channels(3L),
                            DecodeAndCropJpeg.ratio((long) times),
                            DecodeAndCropJpeg.dctMethod("INTEGER_ACCURATE"));
        }
        tf.withName("png").image.decodePng(bytes, new DecodePng.Options[] {DecodePng.channels(3L)});
        session = new Session(
                graph, ThreadPools.options(1, -1).putDeviceCount("GPU", 0).build());
    }

    /**
     * Of a JPEG only the pixels that the crop touches are decoded; a PNG comes whole. Grey becomes three equal channels, alpha is
     * dropped.
     *
     * @param enough pixels for a side of the square: a JPEG is decoded at the smallest size that leaves so many
     * @throws BrokenImageException with {@code source} and why
     */
    void decode(byte[] file, String source, Crop crop, int enough, Pixels into) throws BrokenImageException {
        var size = JpegHeader.size(file);
        if (size != null) {
            var whole = crop.window(size.width(), size.height());
            int times = shrinking(whole, enough);
            var square = whole.shrunk(times);
            int top = square.firstY();
            int left = square.firstX();
            try (var window = TInt32.vectorOf(top, left, square.endY() - top, square.endX() - left)) {
                run(file, "jpeg" + times, window, source, into);
            }
            into.window = square.cutOut();
        } else if (Arrays.mismatch(file, PNG) == PNG.length) {
            int height = run(file, "png", null, source, into);
            into.window = crop.window(into.width, height);
        } else if (JpegHeader.isJpeg(file)) {
            throw new BrokenImageException(source, "a damaged JPEG file");
        } else {
            throw new BrokenImageException(
                    source, file.length == 0 ? "an empty file" : "neither a JPEG nor a PNG file");
        }
    }

    private static int shrinking(Window square, int enough) {
        int times = BLOCK;
        while (times > 1 && square.side() / square.unit() / times < enough) {
            times /= 2;
        }
        return times;
    }

    /** @return the height of what was decoded */
    private int run(byte[] file, String operation, @Nullable Tensor window, String source, Pixels into)
            throws BrokenImageException {
        try (var bytes = TString.tensorOfBytes(NdArrays.scalarOfObject(file))) {
            var runner = session.runner().feed("bytes", bytes).fetch(operation);
            if (window != null) {
                runner.feed("window", window);
            }
            try (var result = runner.run()) {
                var pixels = result.get(0);
                int height = (int) pixels.shape().get(0);
                into.width = (int) pixels.shape().get(1);
                if (pixels.numBytes() > MAX_BYTES) {
                    throw new BrokenImageException(
                            source, "too large: " + into.width + " x " + height + " pixels to decode");
                }
                int length = (int) pixels.numBytes();
                if (into.rgb.length < length) {
                    into.rgb = new byte[length];
                }
                pixels.asRawTensor().data().read(into.rgb, 0, length);
                return height;
            }
        } catch (IllegalStateException e) { // closed: not the image's fault
            throw e;
        } catch (RuntimeException e) { // each of TensorFlow's status codes is an exception of its own
            throw new BrokenImageException(source, "a damaged " + (window == null ? "PNG" : "JPEG") + " file", e);
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
