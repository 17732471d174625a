package igpt.image.folder;

import igpt.image.decode.ImageKind;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a picture is a single colour, told at launch, when no session of TensorFlow may be opened yet: the first one settles
 * the threads of a process. So Java decodes it, and a few of its pixels before all of them.
 */
final class OneColour {
    private static final Set<ImageKind> KINDS = EnumSet.of(ImageKind.JPEG, ImageKind.PNG, ImageKind.BMP);
    private static final int FEW = 64; // pixels along a side
    private static final int MOST_PIXELS = 1 << 25;

    private OneColour() {}

    /** Null if it has several, or if that is not known. */
    static @Nullable String of(byte[] file, String source) {
        var kind = ImageKind.of(file, source);
        if (kind == null || !KINDS.contains(kind)) {
            return null;
        }
        var reader = ImageIO.getImageReadersByFormatName(kind.name()).next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, false, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            int stride = Math.max(1, Math.min(width, height) / FEW);
            var colour = (long) width * height > MOST_PIXELS ? null : of(reader, stride);
            return colour == null || stride == 1 ? colour : of(reader, 1);
        } catch (IOException | RuntimeException e) { // broken, or of a kind that only the decoder to come reads
            return null;
        } finally {
            reader.dispose();
        }
    }

    private static @Nullable String of(ImageReader reader, int stride) throws IOException {
        var settings = reader.getDefaultReadParam();
        settings.setSourceSubsampling(stride, stride, 0, 0);
        return of(reader.read(0, settings));
    }

    private static @Nullable String of(BufferedImage image) {
        var raster = image.getRaster();
        var first = raster.getPixel(0, 0, (int[]) null);
        int[] row = null;
        for (int y = 0; y < image.getHeight(); y++) {
            row = raster.getPixels(0, y, image.getWidth(), 1, row);
            for (int i = 0; i < row.length; i++) {
                if (row[i] != first[i % first.length]) {
                    return null;
                }
            }
        }
        return image.getColorModel() instanceof IndexColorModel palette
                ? "entry " + Integer.toHexString(palette.getRGB(first[0]))
                : Arrays.toString(first);
    }
}
