package igpt.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * Text in pictures, in the system's sans serif. A Java without any font, as in the smallest containers, cannot draw text:
 * ask {@link #isPossible} first.
 */
public final class Lettering {
    private Lettering() {}

    /** Whether this Java has a font. */
    public static boolean isPossible() {
        try {
            return metrics(Font.PLAIN, 12).stringWidth("x") > 0;
        } catch (RuntimeException | LinkageError e) { // what a missing font library is differs from Java to Java
            return false;
        }
    }

    /** A white picture to draw on, with smooth edges. */
    public static Graphics2D on(BufferedImage picture) {
        var graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.setColor(Color.BLACK);
        return graphics;
    }

    public static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** How wide text is. */
    public static FontMetrics metrics(int style, int size) {
        var graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            return graphics.getFontMetrics(font(style, size));
        } finally {
            graphics.dispose();
        }
    }

    /** The text, or as much of it from the beginning as so many pixels hold. */
    public static String fitted(String text, FontMetrics metrics, int width) {
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 0 && metrics.stringWidth(text.substring(0, length) + "…") > width) {
            length = text.offsetByCodePoints(length, -1);
        }
        return text.substring(0, length) + "…";
    }
}
