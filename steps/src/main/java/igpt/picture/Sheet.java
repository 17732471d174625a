package igpt.picture;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pictures in rows, enlarged by one whole factor, so that pixels stay squares, with a thin white gap between them. */
public final class Sheet {
    private static final int COMFORTABLE = 96; // pixels a side: large enough to be seen, small enough for a row of them
    private static final int GAP = 4; // pixels

    private final int factor;
    private final List<List<BufferedImage>> rows = new ArrayList<>();

    private Sheet(int factor) {
        this.factor = factor;
    }

    /** A sheet that enlarges every picture by that factor. */
    public static Sheet enlargedBy(int factor) {
        return new Sheet(factor);
    }

    /** A sheet of pictures that have so many pixels a side, each shown at 64 to 128 pixels where it has no more itself. */
    public static Sheet of(int side) {
        return new Sheet(Math.max(1, (int) Math.round((double) COMFORTABLE / side)));
    }

    /** Adds a row; rows may differ in length. */
    public Sheet row(List<BufferedImage> pictures) {
        rows.add(List.copyOf(pictures));
        return this;
    }

    /** Adds rows of that many, the last of what is left. */
    public Sheet rows(List<BufferedImage> pictures, int columns) {
        for (int from = 0; from < pictures.size(); from += columns) {
            row(pictures.subList(from, Math.min(pictures.size(), from + columns)));
        }
        return this;
    }

    /** The columns that make a sheet of so many pictures about square. */
    public static int columns(int pictures) {
        return Math.max(1, (int) Math.ceil(Math.sqrt(pictures)));
    }

    /** All of it; every place is as large as the largest picture. */
    public BufferedImage draw() {
        var all = rows.stream().flatMap(List::stream).toList();
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        if (columns == 0) {
            throw new IllegalStateException("a sheet without pictures");
        }
        int width =
                factor * all.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
        int height =
                factor * all.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
        var sheet = new BufferedImage(
                columns * (width + GAP) + GAP, rows.size() * (height + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        int[] white = new int[sheet.getWidth() * sheet.getHeight()];
        Arrays.fill(white, 0xFFFFFF);
        sheet.setRGB(0, 0, sheet.getWidth(), sheet.getHeight(), white, 0, sheet.getWidth());
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                var picture = Pictures.enlarged(rows.get(row).get(column), factor);
                sheet.getRaster()
                        .setRect(GAP + column * (width + GAP), GAP + row * (height + GAP), picture.getRaster());
            }
        }
        return sheet;
    }
}
