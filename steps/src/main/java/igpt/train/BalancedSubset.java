package igpt.train;

import igpt.random.Keyed;
import igpt.random.Permutation;
import igpt.schema.Counts;
import igpt.schema.UserException;
import java.util.Arrays;
import java.util.List;

/** A random choice of labelled rows, as many of each class: it follows from the seed, the number and which it is. */
public final class BalancedSubset {
    private BalancedSubset() {}

    /**
     * @param labels one a row
     * @param classes their names
     * @param each rows of each class
     * @param subset 0, 1, …
     * @return the rows chosen, in the order drawn: {@code each} times the number of classes
     * @throws UserException if a class has fewer rows
     */
    public static int[] draw(int[] labels, List<String> classes, int each, long seed, int subset) {
        int[] taken = new int[classes.size()];
        int[] rows = new int[Math.multiplyExact(each, classes.size())];
        var order = new Permutation(
                labels.length, Keyed.random(seed, Keyed.LABELLED_SUBSET, each).nextLong(), subset);
        int count = 0;
        for (long i = 0; i < labels.length && count < rows.length; i++) {
            int row = (int) order.at(i);
            if (taken[labels[row]] < each) {
                taken[labels[row]]++;
                rows[count++] = row;
            }
        }
        if (count < rows.length) {
            int least = 0;
            while (taken[least] == each) {
                least++;
            }
            throw new UserException("%s a class cannot be drawn: class %s has only %s to train on or validate"
                    .formatted(Counts.of(each, "label"), classes.get(least), Counts.of(taken[least], "image")));
        }
        return rows;
    }

    /** The features [rows, width] of the chosen rows. */
    public static float[] features(float[] values, int width, int[] rows) {
        float[] chosen = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * width, chosen, i * width, width);
        }
        return chosen;
    }

    public static int[] labels(int[] labels, int[] rows) {
        return Arrays.stream(rows).map(row -> labels[row]).toArray();
    }
}
