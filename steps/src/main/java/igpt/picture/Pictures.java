package igpt.picture;

import igpt.schema.file.AtomicFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes, changes and writes pictures. Nothing is drawn by AWT's graphics, so that neither a display nor fonts are needed. */
public final class Pictures {
    // What is not there, a pixel of either in turn: no image looks like it.
    private static final int LIGHT = 0xD8D8D8;
    private static final int DARK = 0xB8B8B8;

    private Pictures() {}

    /** @param rgb red, green and blue of each pixel, row by row, 3 · width · height unsigned bytes */
    public static BufferedImage of(byte[] rgb, int width, int height) {
        if (rgb.length != 3 * width * height) {
            throw new IllegalArgumentException("%d bytes for %d x %d pixels".formatted(rgb.length, width, height));
        }
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < width * height; at++) {
            int colour = (rgb[3 * at] & 0xFF) << 16 | (rgb[3 * at + 1] & 0xFF) << 8 | rgb[3 * at + 2] & 0xFF;
            picture.setRGB(at % width, at / width, colour);
        }
        return picture;
    }

    /** The same picture; its rows from that one on are shaded, as something that is not there. */
    public static BufferedImage shadedFrom(BufferedImage picture, int row) {
        var shaded = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int shade = (x + y) % 2 == 0 ? LIGHT : DARK;
                shaded.setRGB(x, y, y < row ? picture.getRGB(x, y) : shade);
            }
        }
        return shaded;
    }

    /** The same picture; each pixel is a square of so many pixels a side. */
    public static BufferedImage enlarged(BufferedImage picture, int factor) {
        if (factor == 1) {
            return picture;
        }
        int width = picture.getWidth() * factor;
        var enlarged = new BufferedImage(width, picture.getHeight() * factor, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                row[x] = picture.getRGB(x / factor, y);
            }
            for (int copy = 0; copy < factor; copy++) {
                enlarged.setRGB(0, y * factor + copy, width, 1, row, 0, width);
            }
        }
        return enlarged;
    }

    /** Writes a PNG file, as small as it can be; the folder is made if it is not there. */
    public static void write(BufferedImage picture, Path png) throws IOException {
        AtomicFiles.write(png, file -> {
            var writer = ImageIO.getImageWritersByFormatName("png").next();
            try (var out = Files.newOutputStream(file);
                    var stream = new MemoryCacheImageOutputStream(out)) {
                var parameters = writer.getDefaultWriteParam();
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(
                        0); // which is not of the pixels: the most that is done to make it small
                writer.setOutput(stream);
                writer.write(null, new IIOImage(picture, null, null), parameters);
            } finally {
                writer.dispose();
            }
        });
    }
}
