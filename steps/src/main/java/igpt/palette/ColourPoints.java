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
        for (int k = 0; k < colours; k++) {
            double total = Arrays.stream(error).sum();
            var drawn = new int[k == 0 ? 1 : draws]; // before the first centre all draws are alike
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = pick(error, random.nextDouble() * total);
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

    /** The first point where the running sum of {@code error} passes {@code at}. */
    private int pick(double[] error, double at) {
        double sum = 0;
        int last = 0;
        for (int i = 0; i < size; i++) {
            if (error[i] > 0) {
                sum += error[i];
                last = i;
                if (sum > at) {
                    return i;
                }
            }
        }
        return last;
    }

    /** What the total error would be with this point as one more centre. */
    private double errorWith(int point, double[] error) {
        double r = red[point];
        double g = green[point];
        double b = blue[point];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double dr = red[i] - r;
            double dg = green[i] - g;
            double db = blue[i] - b;
            sum += Math.min(error[i], weight[i] * (dr * dr + dg * dg + db * db));
        }
        return sum;
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
