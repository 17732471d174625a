package igpt.predict;

import igpt.picture.Lettering;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * A confusion matrix to be looked at: a row a class, a column for what its images were taken for, darker where a larger share
 * of the row is. One blue from light to dark, so that no two colours have to be told apart.
 */
final class ConfusionPicture {
    private static final int MOST = 40; // classes that are still legible
    private static final int NUMBERED = 20; // up to which a cell has room for its number
    private static final int MARGIN = 20;
    private static final int TEXT = 13;
    private static final int LONGEST = 170; // pixels of a class's name
    private static final Color DARK = new Color(0x08, 0x30, 0x6b);
    private static final Color LINE = new Color(0xc8, 0xcc, 0xd0);

    private final ConfusionMatrix matrix;
    private final String title;
    private final int cell;
    private final int left; // of the first cell
    private final int top;

    private ConfusionPicture(ConfusionMatrix matrix, String title) {
        this.matrix = matrix;
        this.title = title;
        int classes = matrix.classes().size();
        cell = classes <= NUMBERED ? 46 : 22;
        var metrics = Lettering.metrics(Font.PLAIN, TEXT);
        int names = matrix.classes().stream()
                .mapToInt(name -> Math.min(LONGEST, metrics.stringWidth(name)))
                .max()
                .orElse(0);
        left = MARGIN + 24 + names + metrics.stringWidth(" 10,000") + 10;
        top = MARGIN + 60 + names + 10;
    }

    /** @param title one line */
    static BufferedImage draw(ConfusionMatrix all, String title) {
        boolean some = all.classes().size() > MOST;
        return new ConfusionPicture(
                        some ? all.mostConfused(MOST) : all,
                        some
                                ? title
                                        + "; the %d classes mistaken most of %d"
                                                .formatted(MOST, all.classes().size())
                                : title)
                .draw();
    }

    private BufferedImage draw() {
        int side = cell * matrix.classes().size();
        int wide = Lettering.metrics(Font.BOLD, TEXT + 2).stringWidth(title) + 2 * MARGIN;
        var picture = new BufferedImage(
                Math.max(left + side + MARGIN + 90, wide), top + side + MARGIN, BufferedImage.TYPE_INT_RGB);
        var graphics = Lettering.on(picture);
        try {
            graphics.setFont(Lettering.font(Font.BOLD, TEXT + 2));
            graphics.drawString(title, MARGIN, MARGIN + TEXT);
            cells(graphics);
            names(graphics);
            axes(graphics, side);
            scale(graphics, left + side + 24, top, Math.min(side, 200));
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    private void cells(Graphics2D graphics) {
        int classes = matrix.classes().size();
        graphics.setFont(Lettering.font(Font.PLAIN, TEXT));
        var metrics = graphics.getFontMetrics();
        for (int label = 0; label < classes; label++) {
            long all = Math.max(1, matrix.images(label));
            for (int predicted = 0; predicted < classes; predicted++) {
                long count = matrix.counts()[label][predicted];
                double share = (double) count / all;
                int x = left + predicted * cell;
                int y = top + label * cell;
                graphics.setColor(shade(share));
                graphics.fillRect(x, y, cell, cell);
                graphics.setColor(LINE);
                graphics.drawRect(x, y, cell, cell);
                if (classes <= NUMBERED && count > 0) {
                    graphics.setColor(share > 0.4 ? Color.WHITE : Color.BLACK);
                    centred(graphics, metrics, String.format(Locale.ROOT, "%,d", count), x + cell / 2, y + cell / 2);
                }
            }
        }
        graphics.setColor(Color.BLACK); // what is right
        graphics.setStroke(new BasicStroke(1.5f));
        for (int label = 0; label < classes; label++) {
            graphics.drawRect(left + label * cell, top + label * cell, cell, cell);
        }
        graphics.setStroke(new BasicStroke(1));
    }

    /** The square root makes rare mistakes visible. */
    private static Color shade(double share) {
        double depth = Math.sqrt(share);
        return new Color(
                between(0xff, DARK.getRed(), depth),
                between(0xff, DARK.getGreen(), depth),
                between(0xff, DARK.getBlue(), depth));
    }

    private static int between(int light, int dark, double depth) {
        return (int) Math.round(light + depth * (dark - light));
    }

    private void names(Graphics2D graphics) {
        graphics.setColor(Color.BLACK);
        graphics.setFont(Lettering.font(Font.PLAIN, TEXT));
        var metrics = graphics.getFontMetrics();
        for (int place = 0; place < matrix.classes().size(); place++) {
            var name = Lettering.fitted(matrix.classes().get(place), metrics, LONGEST);
            var row = String.format(Locale.ROOT, "%s  %,d", name, matrix.images(place));
            int middle = top + place * cell + cell / 2 + metrics.getAscent() / 2 - 2;
            graphics.drawString(row, left - 8 - metrics.stringWidth(row), middle);
            upwards(graphics, name, left + place * cell + cell / 2 + metrics.getAscent() / 2 - 2, top - 8);
        }
    }

    private void axes(Graphics2D graphics, int side) {
        graphics.setFont(Lettering.font(Font.BOLD, TEXT));
        var metrics = graphics.getFontMetrics();
        centred(graphics, metrics, "taken for", left + side / 2, MARGIN + 44);
        var rows = "class, and its images";
        upwards(graphics, rows, MARGIN + 12, top + side / 2 + metrics.stringWidth(rows) / 2);
    }

    private static void scale(Graphics2D graphics, int x, int y, int height) {
        for (int i = 0; i < height; i++) {
            graphics.setColor(shade(1 - (double) i / (height - 1)));
            graphics.fillRect(x, y + i, 14, 1);
        }
        graphics.setColor(LINE);
        graphics.drawRect(x, y, 14, height);
        graphics.setColor(Color.BLACK);
        graphics.setFont(Lettering.font(Font.PLAIN, TEXT - 1));
        for (int percent : new int[] {100, 50, 10, 0}) {
            graphics.drawString(percent + " %", x + 20, y + Math.round(height * (1 - percent / 100f)) + 4);
        }
        upwards(graphics, "of the row", x + 70, y + height);
    }

    private static void centred(Graphics2D graphics, FontMetrics metrics, String text, int x, int y) {
        graphics.drawString(text, x - metrics.stringWidth(text) / 2, y + metrics.getAscent() / 2 - 2);
    }

    private static void upwards(Graphics2D graphics, String text, int x, int y) {
        var before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(-Math.PI / 2);
        graphics.drawString(text, 0, 0);
        graphics.setTransform(before);
    }
}
