package igpt.predict;

import igpt.picture.Lettering;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Images that were taken for what they are not, with what and how surely; read row by row, the surest first. */
final class MistakeSheet {
    static final int MOST = 24;

    /** Pixels a side that images are read at. */
    static final int SIDE = 128;

    private static final int COLUMNS = 6;
    private static final int GAP = 14;
    private static final int TEXT = 13;
    private static final int CAPTION = 2 * (TEXT + 5);
    private static final Color SOFT = new Color(0x50, 0x55, 0x5a);

    private MistakeSheet() {}

    /**
     * One of them.
     *
     * @param picture null if it can no longer be read
     */
    record Mistake(@Nullable BufferedImage picture, String label, String predicted, double probability) {}

    /** @param title one line */
    static BufferedImage draw(List<Mistake> mistakes, String title) {
        int columns = Math.min(COLUMNS, mistakes.size());
        int rows = (mistakes.size() + columns - 1) / columns;
        int head = GAP + TEXT + 14;
        int wide = Lettering.metrics(Font.BOLD, TEXT + 2).stringWidth(title) + 2 * GAP;
        var sheet = new BufferedImage(
                Math.max(wide, GAP + columns * (SIDE + GAP)),
                head + rows * (SIDE + CAPTION + GAP) + GAP,
                BufferedImage.TYPE_INT_RGB);
        var graphics = Lettering.on(sheet);
        try {
            graphics.setFont(Lettering.font(Font.BOLD, TEXT + 2));
            graphics.drawString(title, GAP, GAP + TEXT);
            graphics.setFont(Lettering.font(Font.PLAIN, TEXT));
            var metrics = graphics.getFontMetrics();
            for (int i = 0; i < mistakes.size(); i++) {
                var mistake = mistakes.get(i);
                int x = GAP + i % columns * (SIDE + GAP);
                int y = head + i / columns * (SIDE + CAPTION + GAP);
                var picture = mistake.picture();
                if (picture != null) {
                    graphics.drawImage(
                            picture, x + (SIDE - picture.getWidth()) / 2, y + (SIDE - picture.getHeight()) / 2, null);
                }
                graphics.setColor(Color.BLACK);
                graphics.drawString(Lettering.fitted(mistake.label(), metrics, SIDE), x, y + SIDE + TEXT + 3);
                var percent = String.format(Locale.ROOT, " %.0f %%", 100 * mistake.probability());
                var taken = Lettering.fitted("→ " + mistake.predicted(), metrics, SIDE - metrics.stringWidth(percent));
                graphics.setColor(SOFT);
                graphics.drawString(taken + percent, x, y + SIDE + 2 * TEXT + 7);
            }
        } finally {
            graphics.dispose();
        }
        return sheet;
    }
}
