package igpt.palette;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An octree over a colour histogram: at every level, for each box, how many pixels it holds and the sum of their
 * colours. A pass of k-means gives a box whole to the one centre that is nearest to all of it and looks into the others
 * only (Kanungo et al., 2002). All sums are whole numbers, so any order of adding gives the same.
 */
final class ColourTree {

    /** Level l has 2^l boxes along an edge; the last has the boxes of the {@link ColourCube}. */
    static final int LEVELS = 7;

    private static final int START = 3; // the level whose boxes are visited in parallel

    /** Pixels and the sums of their channels, by box or by centre. */
    record Sums(long[] pixels, long[] red, long[] green, long[] blue) {
        Sums(int size) {
            this(new long[size], new long[size], new long[size], new long[size]);
        }

        private void add(int to, Sums from, int i) {
            pixels[to] += from.pixels[i];
            red[to] += from.red[i];
            green[to] += from.green[i];
            blue[to] += from.blue[i];
        }

        private void add(int to, long count, int colour) {
            pixels[to] += count;
            red[to] += count * ColourCube.red(colour);
            green[to] += count * ColourCube.green(colour);
            blue[to] += count * ColourCube.blue(colour);
        }

        private Sums plus(Sums other) {
            for (int i = 0; i < pixels.length; i++) {
                add(i, other, i);
            }
            return this;
        }
    }

    private final Sums[] levels = new Sums[LEVELS];
    private final int[] starts; // of each smallest box in the next two
    private final int[] colours; // that occur, by their place in the cube
    private final int[] counts; // how often, unsigned
    private final double squares;

    ColourTree(ColourHistogram histogram) {
        var leaves = new Sums(1 << 3 * (LEVELS - 1));
        starts = new int[leaves.pixels.length + 1];
        colours = new int[histogram.distinct()];
        counts = new int[colours.length];
        double squares = 0;
        for (int box = 0, found = 0; box < leaves.pixels.length; box++) {
            for (int i = box * ColourCube.BOX; i < (box + 1) * ColourCube.BOX; i++) {
                long count = histogram.count(i);
                if (count > 0) {
                    leaves.add(box, count, i);
                    squares += (double) count * ColourCube.squaredLength(i);
                    colours[found] = i;
                    counts[found++] = (int) count;
                }
            }
            starts[box + 1] = found;
        }
        this.squares = squares;
        levels[LEVELS - 1] = leaves;
        for (int level = LEVELS - 2; level >= 0; level--) {
            levels[level] = new Sums(1 << 3 * level);
            int edge = 2 << level; // of the level below, in boxes
            for (int box = 0; box < edge * edge * edge; box++) {
                int r = box / (edge * edge) / 2;
                int g = box / edge % edge / 2;
                int b = box % edge / 2;
                levels[level].add((r << level | g) << level | b, levels[level + 1], box);
            }
        }
    }

    /** The sum of all pixels' squared lengths, r² + g² + b². */
    double squares() {
        return squares;
    }

    /** How many different colours occur. */
    int distinct() {
        return colours.length;
    }

    /** All colours that occur, as points. */
    ColourPoints colours() {
        return ColourPoints.ofColours(colours, counts);
    }

    /** The sums of each box of this level, red slowest, blue fastest. */
    Sums level(int level) {
        return levels[level];
    }

    /** Gives every pixel to its nearest centre and returns the sums by centre. */
    Sums assign(Centres centres) {
        int starts = 1 << START;
        var all = centres.all();
        return IntStream.range(0, starts)
                .parallel()
                .mapToObj(r -> {
                    var pass = new Pass(centres);
                    for (int g = 0; g < starts; g++) {
                        for (int b = 0; b < starts; b++) {
                            pass.visit(START, r, g, b, all, all.length);
                        }
                    }
                    return pass.sums;
                })
                .reduce(Sums::plus)
                .orElseThrow();
    }

    private final class Pass {
        private final Centres centres;
        private final Sums sums;
        private final int[][] kept = new int[LEVELS][]; // working memory, by level

        private Pass(Centres centres) {
            this.centres = centres;
            sums = new Sums(centres.size());
            Arrays.setAll(kept, level -> new int[centres.size()]);
        }

        /** r, g, b count boxes of this level. */
        private void visit(int level, int r, int g, int b, int[] candidates, int n) {
            int box = (r << level | g) << level | b;
            var here = levels[level];
            if (here.pixels[box] == 0) {
                return;
            }
            int edge = 256 >> level;
            var left = kept[level];
            int count = centres.prune(candidates, n, left, r * edge, g * edge, b * edge, edge);
            if (count == 1) {
                sums.add(left[0], here, box);
            } else if (level < LEVELS - 1) {
                for (int corner = 0; corner < 8; corner++) {
                    visit(
                            level + 1,
                            2 * r + (corner >> 2),
                            2 * g + (corner >> 1 & 1),
                            2 * b + (corner & 1),
                            left,
                            count);
                }
            } else {
                for (int i = starts[box]; i < starts[box + 1]; i++) {
                    int colour = colours[i];
                    int k = centres.nearest(
                            left, count, ColourCube.red(colour), ColourCube.green(colour), ColourCube.blue(colour));
                    sums.add(k, Integer.toUnsignedLong(counts[i]), colour);
                }
            }
        }
    }
}
