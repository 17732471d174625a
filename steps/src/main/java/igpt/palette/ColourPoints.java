package igpt.palette;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Weighted points of the RGB cube that stand for all pixels, and starting centres drawn from them. */
final class ColourPoints {

    private final double[] red;
    private final double[] green;
    private final double[] blue;
    private final double[] weight;
    private int size;

    private ColourPoints(int most) {
        red = new double[most];
        green = new double[most];
        blue = new double[most];
        weight = new double[most];
    }

    private void add(double r, double g, double b, double w) {
        red[size] = r;
        green[size] = g;
        blue[size] = b;
        weight[size++] = w;
    }

    /** The mean colours of the boxes of a level of the tree. */
    static ColourPoints ofBoxes(ColourTree.Sums boxes) {
        int most = (int) Arrays.stream(boxes.pixels()).filter(n -> n > 0).count();
        var points = new ColourPoints(most);
        for (int i = 0; i < boxes.pixels().length; i++) {
            double n = boxes.pixels()[i];
            if (n > 0) {
                points.add(boxes.red()[i] / n, boxes.green()[i] / n, boxes.blue()[i] / n, n);
            }
        }
        return points;
    }

    /** These places of the cube, with how often each occurs (unsigned). */
    static ColourPoints ofColours(int[] colours, int[] counts) {
        var points = new ColourPoints(colours.length);
        for (int i = 0; i < colours.length; i++) {
            int colour = colours[i];
            points.add(
                    ColourCube.red(colour),
                    ColourCube.green(colour),
                    ColourCube.blue(colour),
                    Integer.toUnsignedLong(counts[i]));
        }
        return points;
    }

    int size() {
        return size;
    }

    /**
     * k-means++ (Arthur and Vassilvitskii, 2007): each next centre is drawn with probability by weight and squared
     * distance to the centres so far; of 2 + ln k draws the one that helps most stays, as in scikit-learn.
     */
    Centres draw(int colours, long seed) {
        var random = new Random(seed);
        int draws = 2 + (int) Math.log(colours);
        var centres = new Centres(colours);
        var error = weight.clone(); // weight × squared distance to the nearest centre; before the first, any
        var sums = new double[size]; // of the errors up to each
        for (int k = 0; k < colours; k++) {
            sum(error, sums);
            var drawn = new int[k == 0 ? 1 : draws]; // before the first centre all draws are alike
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = firstAbove(sums, random.nextDouble() * sums[size - 1]);
            }
            var left = IntStream.of(drawn)
                    .parallel()
                    .mapToDouble(point -> errorWith(point, error))
                    .toArray();
            int best = drawn[indexOfLeast(left)];
            centres.set(k, red[best], green[best], blue[best]);
            for (int i = 0; i < size; i++) {
                double own = weight[i] * centres.squaredDistance(k, red[i], green[i], blue[i]);
                error[i] = k == 0 ? own : Math.min(error[i], own);
            }
        }
        return centres;
    }

    private static int indexOfLeast(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[least]) {
                least = i;
            }
        }
        return least;
    }

    private static void sum(double[] values, double[] sums) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
            sums[i] = sum;
        }
    }

    /** The first place of an ascending array with more than that; if none has, the first with the most. */
    private static int firstAbove(double[] ascending, double value) {
        double most = ascending[ascending.length - 1];
        int from = 0;
        int to = ascending.length - 1;
        while (from < to) {
            int middle = (from + to) >>> 1;
            boolean found = ascending[middle] > value || ascending[middle] == most;
            if (found) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    /** What the total error would be with this point as one more centre. */
    private double errorWith(int point, double[] error) {
        double r = red[point];
        double g = green[point];
        double b = blue[point];
        double even = 0; // two sums, since each has to wait for its last addition
        double odd = 0;
        for (int i = 0; i < size; i++) {
            double dr = red[i] - r;
            double dg = green[i] - g;
            double db = blue[i] - b;
            double left = Math.min(error[i], weight[i] * (dr * dr + dg * dg + db * db));
            if ((i & 1) == 0) {
                even += left;
            } else {
                odd += left;
            }
        }
        return even + odd;
    }

    /** Moves the centre {@code empty} to the point with the largest error under all the others. */
    void reseed(Centres centres, int empty) {
        var all = centres.all();
        int worst = 0;
        double most = -1;
        for (int i = 0; i < size; i++) {
            int k = centres.nearest(all, all.length, red[i], green[i], blue[i]);
            double error = weight[i] * centres.squaredDistance(k, red[i], green[i], blue[i]);
            if (error > most) {
                most = error;
                worst = i;
            }
        }
        centres.set(empty, red[worst], green[worst], blue[worst]);
    }
}
