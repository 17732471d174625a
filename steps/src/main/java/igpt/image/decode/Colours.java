package igpt.image.decode;

import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.stream.IntStream;

/**
 * What a Java picture's samples are: without Java's own conversions, which take grey for linear light and so make it
 * lighter.
 */
enum Colours {
    PALETTE,
    GREY,
    RGB,
    CMYK;

    /** @throws UnsupportedOperationException if it is none of them, or its numbers are no shades: with fractions, for one */
    static Colours of(ColorModel model) {
        if (model instanceof IndexColorModel) {
            return PALETTE;
        }
        int numbers = model.getTransferType();
        if (numbers != DataBuffer.TYPE_BYTE && numbers != DataBuffer.TYPE_USHORT && numbers != DataBuffer.TYPE_INT) {
            throw new UnsupportedOperationException("signed or floating-point samples");
        }
        return switch (model.getColorSpace().getType()) {
            case ColorSpace.TYPE_GRAY -> GREY;
            case ColorSpace.TYPE_RGB -> RGB;
            case ColorSpace.TYPE_CMYK -> CMYK;
            default -> throw new UnsupportedOperationException("neither grey, RGB nor CMYK");
        };
    }

    /**
     * A row over the background.
     *
     * @param samples (columns, bands), used up
     * @param rgb where it goes, from {@code at} on
     */
    void write(int[] samples, ColorModel model, int columns, int background, byte[] rgb, int at) {
        int bands = this == PALETTE ? 1 : model.getNumComponents();
        if (this != PALETTE) {
            toBytes(samples, model, columns, bands);
        }
        boolean alpha = model.hasAlpha();
        boolean premultiplied = this != PALETTE && model.isAlphaPremultiplied();
        for (int x = 0; x < columns; x++) {
            int i = x * bands;
            int colour =
                    switch (this) {
                        case PALETTE -> model.getRGB(samples[i]);
                        case GREY -> 0x010101 * samples[i];
                        case RGB -> samples[i] << 16 | samples[i + 1] << 8 | samples[i + 2];
                        case CMYK -> mix(samples[i], samples[i + 1], samples[i + 2], samples[i + 3]);
                    };
            int opacity = !alpha ? 255 : this == PALETTE ? colour >>> 24 : samples[i + bands - 1];
            for (int c = 0; c < 3; c++) {
                int shift = 16 - 8 * c;
                int shade = colour >> shift & 0xff;
                int behind = background >> shift & 0xff;
                rgb[at + 3 * x + c] = premultiplied
                        ? (byte) Math.min(255, shade + blend(0, behind, opacity))
                        : blend(shade, behind, opacity);
            }
        }
    }

    private static void toBytes(int[] samples, ColorModel model, int columns, int bands) {
        int[] bits = IntStream.range(0, bands).map(model::getComponentSize).toArray();
        if (IntStream.of(bits).allMatch(b -> b == 8)) {
            return;
        }
        for (int i = 0; i < columns * bands; i++) {
            int b = bits[i % bands];
            samples[i] = b >= 8 ? samples[i] >>> (b - 8) : samples[i] * 255 / ((1 << b) - 1);
        }
    }

    private static int mix(int c, int m, int y, int k) {
        int light = 255 - k;
        return light * (255 - c) / 255 << 16 | light * (255 - m) / 255 << 8 | light * (255 - y) / 255;
    }

    /** @param opacity 0: the background alone, 255: the colour alone */
    static byte blend(int shade, int background, int opacity) {
        return (byte) ((shade * opacity + background * (255 - opacity) + 127) / 255);
    }

    /** The same of (pixels, 4) R, G, B, opacity, in place: they become (pixels, 3). */
    static void blend(byte[] rgba, int pixels, int background) {
        int red = background >> 16 & 0xff;
        int green = background >> 8 & 0xff;
        int blue = background & 0xff;
        for (int i = 0; i < pixels; i++) {
            int opacity = rgba[4 * i + 3] & 0xff;
            rgba[3 * i] = blend(rgba[4 * i] & 0xff, red, opacity);
            rgba[3 * i + 1] = blend(rgba[4 * i + 1] & 0xff, green, opacity);
            rgba[3 * i + 2] = blend(rgba[4 * i + 2] & 0xff, blue, opacity);
        }
    }
}
