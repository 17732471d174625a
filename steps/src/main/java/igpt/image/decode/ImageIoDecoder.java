package igpt.image.decode;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PNMImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import igpt.schema.UserException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * GIF's first frame, BMP, TIFF's first page, WebP and PNM, by Java's own decoders, libwebp and TwelveMonkeys'. Colours are
 * taken as they stand in the file, without profiles: so TensorFlow and Pillow take them.
 */
final class ImageIoDecoder {
    private ImageIoDecoder() {}

    /**
     * All of the picture, in {@code into.rgb()}.
     *
     * @param warnings is told what the decoder minds and reads all the same
     * @throws BrokenImageException with {@code source} and why
     */
    static void decode(
            byte[] file, ImageKind kind, String source, int background, Consumer<String> warnings, Decoder.Pixels into)
            throws BrokenImageException {
        var frame = FirstFrame.of(file, kind);
        ImageReader reader = null;
        try (var in = new ByteArrayImageInputStream(frame.file())) {
            reader = reader(kind);
            reader.addIIOReadWarningListener((from, warning) -> warnings.accept(warning));
            reader.setInput(in, false, false);
            int width = Math.max(frame.width(), frame.left() + reader.getWidth(0));
            int height = Math.max(frame.height(), frame.top() + reader.getHeight(0));
            into.resize(width, height, 3, source); // refuses what is too large before a decoder makes room for it
            copy(reader.read(0), frame, background, into);
        } catch (UnsupportedOperationException e) {
            throw new BrokenImageException(source, "unsupported (" + kind + ": " + e.getMessage() + ")", e);
        } catch (IIOException e) {
            var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new BrokenImageException(
                    source,
                    why.startsWith("Unsupported")
                            ? "unsupported (" + kind + ": " + why + ")"
                            : "a damaged " + kind + " file: " + why,
                    e);
        } catch (IOException
                | RuntimeException
                | StackOverflowError e) { // a damaged file may end anywhere in a decoder
            throw new BrokenImageException(source, "a damaged " + kind + " file", e);
        } catch (LinkageError e) {
            throw new UserException("cannot load the decoder of " + kind + " files: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            if (e.getMessage() == null) { // libwebp's word for a file that it cannot take apart; Java's own say more
                throw new BrokenImageException(source, "a damaged " + kind + " file", e);
            }
            throw new UserException(
                    source + " needs more memory than Java has: give it more, IGPT_JAVA_OPTIONS=-Xmx4g", e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    private static ImageReader reader(ImageKind kind) throws IOException {
        return switch (kind) {
            case TIFF -> new TIFFImageReaderSpi().createReaderInstance(null);
            case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
            case PNM -> new PNMImageReaderSpi().createReaderInstance(null);
            case GIF, BMP -> ImageIO.getImageReadersByFormatName(kind.name()).next();
            default -> throw new IllegalArgumentException(kind + " is not read here");
        };
    }

    private static void copy(BufferedImage image, FirstFrame frame, int background, Decoder.Pixels into) {
        var model = image.getColorModel();
        var colours = Colours.of(model);
        var raster = image.getRaster();
        int[] samples = null;
        into.fill(background); // what the frame leaves of the picture
        for (int y = 0; y < image.getHeight(); y++) {
            samples = raster.getPixels(0, y, image.getWidth(), 1, samples);
            int at = 3 * ((frame.top() + y) * into.width() + frame.left());
            colours.write(samples, model, image.getWidth(), background, into.rgb(), at);
        }
    }
}
