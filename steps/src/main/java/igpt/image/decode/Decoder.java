package igpt.image.decode;

import igpt.runtime.ThreadPools;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
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
 * Files of pictures to pixels: JPEG and PNG with TensorFlow's own operations, which decode faster than Java's, others by
 * {@link ImageIoDecoder}. What a file is, its content tells. May be called by many threads; each caller's thread does its
 * own work.
 */
public final class Decoder implements Closeable {
    private static final int MAX_PIXELS = (1 << 28) / 3; // 89 million, held once a thread

    /** A JPEG's blocks are 8 × 8: from their lowest frequencies alone come 4 × 4, 2 × 2 or one pixel. */
    private static final int BLOCK = 8;

    private final int background;
    private final boolean exif;
    private final Graph graph = new Graph();
    private final Session session;

    /** Pixels in a buffer that grows with the largest image; one a thread. */
    public static final class Pixels {
        private byte[] rgb = new byte[0];
        private int width;
        private int height;
        private Window window = new Window(1, 0, 0, 0);
        private Orientation orientation = Orientation.UPRIGHT;
        private List<String> warnings = List.of();

        public byte[] rgb() {
            return rgb;
        }

        public int width() {
            return width;
        }

        /** The square that was asked for, in these pixels. */
        public Window window() {
            return window;
        }

        /** How they lie. */
        public Orientation orientation() {
            return orientation;
        }

        /** What the decoder minded in the file, and read it all the same. */
        public List<String> warnings() {
            return warnings;
        }

        /** @throws BrokenImageException with {@code source} if these are more pixels than one may have */
        void resize(int wide, int high, int channels, String source) throws BrokenImageException {
            checkSize(wide, high, source);
            width = wide;
            height = high;
            if (rgb.length < channels * wide * high) {
                rgb = new byte[channels * wide * high];
            }
        }

        void fill(int colour) {
            for (int i = 0; i < width * height; i++) {
                rgb[3 * i] = (byte) (colour >> 16);
                rgb[3 * i + 1] = (byte) (colour >> 8);
                rgb[3 * i + 2] = (byte) colour;
            }
        }
    }

    /**
     * @param background behind transparent pixels: 0xRRGGBB
     * @param exif whether pictures are turned as their cameras say
     */
    public Decoder(int background, boolean exif) {
        this.background = background;
        this.exif = exif;
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
        for (long channels = 3; channels <= 4; channels++) {
            tf.withName("png" + channels).image.decodePng(bytes, new DecodePng.Options[] {DecodePng.channels(channels)
            });
        }
        session = new Session(
                graph, ThreadPools.options(1, -1).putDeviceCount("GPU", 0).build());
        NativeMessages.begin();
    }

    /**
     * Of a JPEG only the pixels that the crop touches are decoded; others come whole. Grey becomes three equal channels, and
     * behind transparent pixels is the background.
     *
     * @param enough pixels for a side of the square: a JPEG is decoded at the smallest size that leaves so many
     * @throws BrokenImageException with {@code source} and why
     */
    public void decode(byte[] file, String source, Crop crop, int enough, Pixels into) throws BrokenImageException {
        into.warnings = List.of();
        var kind = kind(file, source);
        switch (kind) {
            case JPEG -> jpeg(file, source, crop, enough, into);
            case PNG -> png(file, source, crop, into);
            default -> {
                var warnings = new ArrayList<String>();
                ImageIoDecoder.decode(file, kind, source, background, warnings::add, into);
                into.warnings = warnings;
                cut(crop, kind == ImageKind.TIFF ? new Bytes(file) : FirstFrame.webpChunk(file, "EXIF"), into);
            }
        }
    }

    /**
     * What can be told of a file without decoding it, and without TensorFlow.
     *
     * @throws BrokenImageException if it certainly cannot be decoded
     */
    public static void checkHeader(byte[] file, String source) throws BrokenImageException {
        switch (kind(file, source)) {
            case JPEG -> jpegHeader(file, source);
            case PNG -> pngHeader(file, source);
            default -> {}
        }
    }

    private static ImageKind kind(byte[] file, String source) throws BrokenImageException {
        var kind = ImageKind.of(file, source);
        if (kind == null) {
            throw new BrokenImageException(
                    source, file.length == 0 ? "an empty file" : "no picture of a kind that is read");
        } else if (!kind.isRead()) {
            throw unsupported(source, kind.toString());
        }
        return kind;
    }

    private static JpegHeader jpegHeader(byte[] file, String source) throws BrokenImageException {
        var header = JpegHeader.of(file);
        if (header == null || header.width() == 0) {
            throw new BrokenImageException(source, "a damaged JPEG file");
        }
        var unsupported = header.unsupported();
        if (unsupported != null) {
            throw unsupported(source, unsupported);
        }
        return header;
    }

    private static PngHeader pngHeader(byte[] file, String source) throws BrokenImageException {
        var header = PngHeader.of(file);
        if (header == null) {
            throw new BrokenImageException(source, "a damaged PNG file");
        }
        checkSize(header.width(), header.height(), source);
        return header;
    }

    private void jpeg(byte[] file, String source, Crop crop, int enough, Pixels into) throws BrokenImageException {
        var header = jpegHeader(file, source);
        if (header.isProgressive()) { // all of it is held while it is decoded
            checkSize(header.width(), header.height(), source);
        }
        into.orientation = exif ? Orientation.in(header.exif()) : Orientation.UPRIGHT;
        var whole = into.orientation.window(crop, header.width(), header.height());
        int times = shrinking(whole, enough);
        var square = whole.shrunk(times);
        int top = square.firstY();
        int left = square.firstX();
        checkSize(square.endX() - left, square.endY() - top, source);
        try (var window = TInt32.vectorOf(top, left, square.endY() - top, square.endX() - left)) {
            run(JpegHeader.withoutFill(file), "jpeg" + times, window, 3, source, into);
        }
        into.window = square.cutOut();
    }

    private void png(byte[] file, String source, Crop crop, Pixels into) throws BrokenImageException {
        var header = pngHeader(file, source);
        int channels = header.transparent() ? 4 : 3;
        run(file, "png" + channels, null, channels, source, into);
        if (header.transparent()) {
            Colours.blend(into.rgb, into.width * into.height, background);
        }
        cut(crop, header.exif(), into);
    }

    private void cut(Crop crop, @Nullable Bytes tags, Pixels into) {
        into.orientation = exif ? Orientation.in(tags) : Orientation.UPRIGHT;
        into.window = into.orientation.window(crop, into.width, into.height);
    }

    private static void checkSize(int width, int height, String source) throws BrokenImageException {
        if (width <= 0 || height <= 0 || (long) width * height > MAX_PIXELS) {
            throw new BrokenImageException(
                    source,
                    "too large: %s x %s pixels to decode"
                            .formatted(Integer.toUnsignedString(width), Integer.toUnsignedString(height)));
        }
    }

    private static BrokenImageException unsupported(String source, String what) {
        return new BrokenImageException(source, "unsupported (" + what + ")");
    }

    private static int shrinking(Window square, int enough) {
        int times = BLOCK;
        while (times > 1 && square.side() / square.unit() / times < enough) {
            times /= 2;
        }
        return times;
    }

    private void run(byte[] file, String operation, @Nullable Tensor window, int channels, String source, Pixels into)
            throws BrokenImageException {
        NativeMessages.collect();
        try (var bytes = TString.tensorOfBytes(NdArrays.scalarOfObject(file))) {
            var runner = session.runner().feed("bytes", bytes).fetch(operation);
            if (window != null) {
                runner.feed("window", window);
            }
            try (var result = runner.run()) {
                var pixels = result.get(0);
                into.resize((int) pixels.shape().get(1), (int) pixels.shape().get(0), channels, source);
                pixels.asRawTensor().data().read(into.rgb, 0, (int) pixels.numBytes());
            }
        } catch (IllegalStateException e) { // closed: not the image's fault
            throw e;
        } catch (RuntimeException e) { // each of TensorFlow's status codes is an exception of its own
            NativeMessages.forget();
            throw new BrokenImageException(source, "a damaged " + (window == null ? "PNG" : "JPEG") + " file", e);
        } finally {
            into.warnings = NativeMessages.collected();
        }
    }

    @Override
    public void close() {
        NativeMessages.end();
        session.close();
        graph.close();
    }
}
