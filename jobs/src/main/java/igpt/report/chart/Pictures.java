package igpt.report.chart;

import igpt.picture.Lettering;
import igpt.schema.UserException;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jfree.chart.text.TextUtils;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;

/** Drawings as SVG and PNG. */
public final class Pictures {
    private static final int SHARP = 2; // pixels of a PNG to one of the drawing

    /** Of letters as wide as those that Java measured, as far as a reader has them. */
    private static final String FONTS = "DejaVu Sans, Verdana, sans-serif";

    static {
        System.setProperty("java.awt.headless", "true");
        TextUtils.setUseDrawRotatedStringWorkaround(false); // text stays text, and is no outline
    }

    private Pictures() {}

    private static String tenths(double pixels) {
        long tenths = Math.round(10 * pixels);
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0);
    }

    /**
     * A part of a page, in the page's colours.
     *
     * @param id that no other drawing of the page has
     */
    public static String inline(Drawing drawing, Dimension size, String id) {
        return Ink.named(svg(drawing, size, id, false));
    }

    /** A file of its own, on white. */
    public static String file(Drawing drawing, String id) {
        return "<?xml version='1.0' encoding='UTF-8'?>\n" + svg(drawing, drawing.wide(), id, true) + "\n";
    }

    private static String svg(Drawing drawing, Dimension size, String id, boolean onWhite) {
        var graphics = new SVGGraphics2D(size.getWidth(), size.getHeight());
        graphics.setDefsKeyPrefix(id + "-");
        graphics.setFontFunction(family -> FONTS);
        graphics.setGeomDoubleConverter(Pictures::tenths);
        draw(drawing, graphics, size, onWhite);
        var whole = new ViewBox(0, 0, size.width, size.height);
        return graphics.getSVGElement(null, true, whole, null, null);
    }

    public static void writePng(Drawing drawing, Path file) throws IOException {
        var size = drawing.wide();
        var image = new BufferedImage(SHARP * size.width, SHARP * size.height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.scale(SHARP, SHARP);
            draw(drawing, graphics, size, true);
        } finally {
            graphics.dispose();
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static void draw(Drawing drawing, Graphics2D graphics, Dimension size, boolean onWhite) {
        if (!Lettering.isPossible()) {
            throw new UserException(
                    "this Java has no font to write with: install one, for instance fontconfig and fonts-dejavu-core");
        }
        if (onWhite) {
            graphics.setColor(Ink.PAPER.light());
            graphics.fillRect(0, 0, size.width, size.height);
        }
        drawing.draw(graphics, size.width, size.height);
    }
}
