package igpt.palette;

import igpt.schema.InputException;

/**
 * k-means over all pixels of a histogram. Every pixel counts, and the cost grows with the colours that occur, not with
 * the pixels. Deterministic, whatever the number of threads.
 *
 * <p>Lloyd's algorithm, its steps first lengthened, which needs about half as many passes, then as they are.
 */
public final class KMeans {

    /** Centres first go this many times as far as the mean of their pixels. */
    private static final double LONG_STEP = 1.8;

    /** Passes end once one lowers the error by less than this share. */
    private static final double TOLERANCE = 1e-4;

    private static final int MOST_PASSES = 300;

    private KMeans() {}

    /** A palette of exactly this many colours, with a small mean squared error of all pixels. */
    public static Palette fit(ColourHistogram histogram, int colours, long seed) {
        if (colours < 1 || colours > Palette.MOST_COLOURS) {
            throw new IllegalArgumentException(colours + " colours; 1 to " + Palette.MOST_COLOURS + " are possible.");
        }
        var tree = new ColourTree(histogram);
        checkColours(tree.distinct(), colours);
        var points = points(tree, colours);
        var centres = points.draw(colours, seed);
        move(tree, points, centres, LONG_STEP);
        move(tree, points, centres, 1);
        return Palette.of(centres);
    }

    /** @throws InputException if images of so many different colours have none to spare for a palette of that size */
    public static void checkColours(int distinct, int colours) {
        if (distinct == 1) {
            throw new InputException(
                    "every pixel of the training images has the same colour, so there is nothing to learn: give other images");
        }
        if (distinct < colours) {
            throw new InputException(
                    "the images have only %d different colours, fewer than the %d asked for: set colours=%1$d or less"
                            .formatted(distinct, colours));
        }
    }

    /** The fewest points to draw from with sixteen a centre: boxes of edge 8, of edge 4, or all colours. */
    private static ColourPoints points(ColourTree tree, int colours) {
        for (int level = ColourTree.LEVELS - 2; level < ColourTree.LEVELS; level++) {
            var boxes = ColourPoints.ofBoxes(tree.level(level));
            if (boxes.size() >= 16 * colours) {
                return boxes;
            }
        }
        return tree.colours();
    }

    /** Moves every centre towards the mean of its pixels, again and again until that hardly helps. */
    static void move(ColourTree tree, ColourPoints points, Centres centres, double step) {
        double before = Double.POSITIVE_INFINITY;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            var sums = tree.assign(centres);
            double explained = 0; // of the sum of the pixels' squares; the rest is the error
            for (int k = 0; k < centres.size(); k++) {
                double n = sums.pixels()[k];
                if (n > 0) {
                    double r = sums.red()[k] / n;
                    double g = sums.green()[k] / n;
                    double b = sums.blue()[k] / n;
                    explained += n * (r * r + g * g + b * b);
                    centres.moveTowards(k, r, g, b, step);
                }
            }
            boolean reseeded = reseed(points, centres, sums);
            double error = Math.max(0, tree.squares() - explained);
            if (!reseeded && before - error <= TOLERANCE * error) {
                return;
            }
            before = error;
        }
    }

    /** Gives each centre without pixels a new place, where the error is largest. */
    private static boolean reseed(ColourPoints points, Centres centres, ColourTree.Sums sums) {
        boolean any = false;
        for (int k = 0; k < centres.size(); k++) {
            if (sums.pixels()[k] == 0) {
                points.reseed(centres, k);
                any = true;
            }
        }
        return any;
    }
}
