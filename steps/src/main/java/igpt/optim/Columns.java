package igpt.optim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.stream.IntStream;

/**
 * Rotates away the columns that say nothing of their own: m copies of a feature are one feature √m times as large, and
 * a constant is none. The space that the rows span is kept, so the minimum under an L2 penalty is the same: there copies
 * share one weight and a constant has none.
 *
 * <p>Axes: j the columns as given, r those that are left.
 *
 * @param source the first column j of each r
 * @param place the r of each j; −1 of a constant
 * @param scale √m of each r
 */
@SuppressWarnings("ArrayRecordComponent") // read only
record Columns(int[] source, int[] place, float[] scale) {

    private static final int SAMPLE = 64; // rows that are looked at first

    /** Of {@code rows} rows of {@code x} [rows, width]. */
    static Columns of(float[] x, int rows, int width, int threads) {
        int step = Math.max(1, rows / SAMPLE);
        var suspects = suspects(sums(x, rows, width, step, all(width), threads), x, rows);
        var sums = sums(x, rows, width, 1, suspects, threads);
        var first = new HashMap<Long, Integer>();
        var like = new int[width]; // the first column with the same values; −1 of a constant
        Arrays.setAll(like, j -> j);
        for (int i = 0; i < suspects.length; i++) {
            int j = suspects[i];
            if (same(x, rows, width, j, -1)) {
                like[j] = -1;
            } else {
                int other = first.computeIfAbsent(sums[i], sum -> j);
                like[j] = same(x, rows, width, j, other) ? other : j;
            }
        }
        return of(like);
    }

    /** All of them constant leaves the first: a matrix without columns is none. */
    private static Columns of(int[] like) {
        if (Arrays.stream(like).allMatch(j -> j < 0)) {
            like[0] = 0;
        }
        int width = like.length;
        var place = new int[width];
        var source = new int[width];
        int kept = 0;
        for (int j = 0; j < width; j++) {
            if (like[j] == j) {
                source[kept] = j;
                place[j] = kept++;
            } else {
                place[j] = like[j] < 0 ? -1 : place[like[j]];
            }
        }
        var copies = new int[kept];
        for (int j = 0; j < width; j++) {
            if (place[j] >= 0) {
                copies[place[j]]++;
            }
        }
        var scale = new float[kept];
        for (int r = 0; r < kept; r++) {
            scale[r] = (float) Math.sqrt(copies[r]);
        }
        return new Columns(Arrays.copyOf(source, kept), place, scale);
    }

    /** The columns that look like another one, or like a constant, in a few rows. */
    private static int[] suspects(long[] sums, float[] x, int rows) {
        int width = sums.length;
        var seen = new HashMap<Long, Integer>();
        for (long sum : sums) {
            seen.merge(sum, 1, Integer::sum);
        }
        return IntStream.range(0, width)
                .filter(j -> seen.getOrDefault(sums[j], 0) > 1 || x[j] == x[rows / 2 * width + j])
                .toArray();
    }

    private static int[] all(int width) {
        var all = new int[width];
        Arrays.setAll(all, j -> j);
        return all;
    }

    /** A checksum of some columns' values, in every {@code step}-th row. */
    private static long[] sums(float[] x, int rows, int width, int step, int[] columns, int threads) {
        int pieces = Math.max(1, Math.min(64, rows / 256));
        var parts = new long[pieces][columns.length];
        Parallel.run(threads, pieces, piece -> {
            var sum = parts[piece];
            long end = (piece + 1L) * rows / pieces;
            for (int row = (int) ((long) piece * rows / pieces); row < end; row++) {
                if (row % step != 0) {
                    continue;
                }
                long factor = (row + 1) * 0x9E3779B97F4A7C15L | 1;
                for (int c = 0; c < columns.length; c++) {
                    sum[c] += Float.floatToIntBits(x[row * width + columns[c]] + 0f) * factor; // −0 is 0
                }
            }
        });
        var total = new long[columns.length];
        for (var sum : parts) {
            for (int c = 0; c < total.length; c++) {
                total[c] += sum[c];
            }
        }
        return total;
    }

    /** Whether two columns agree in every row; −1 stands for a column of this one's first value. */
    private static boolean same(float[] x, int rows, int width, int j, int other) {
        for (int row = 0; row < rows; row++) {
            if (x[row * width + j] != (other < 0 ? x[j] : x[row * width + other])) {
                return false;
            }
        }
        return true;
    }

    int kept() {
        return source.length;
    }

    /** Weights of the columns that are left [k, to ≥ r] as weights of all columns [k, j]. */
    double[] widen(double[] narrow, int classes, int stride) {
        int width = place.length;
        var wide = new double[classes * width];
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < width; j++) {
                int r = place[j];
                wide[k * width + j] = r < 0 ? 0 : narrow[k * stride + r] / scale[r];
            }
        }
        return wide;
    }

    /** The transpose of {@link #widen}: a gradient by all weights as one by those that are left; so are weights. */
    double[] narrow(double[] wide, int classes, int stride) {
        int width = place.length;
        var narrow = new double[classes * stride];
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < width; j++) {
                int r = place[j];
                if (r >= 0) {
                    narrow[k * stride + r] += wide[k * width + j] / scale[r];
                }
            }
        }
        return narrow;
    }
}
