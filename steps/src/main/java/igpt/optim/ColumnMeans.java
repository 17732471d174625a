package igpt.optim;

/** The mean row of a feature matrix, found in one pass that also finds what is not a number. */
final class ColumnMeans {

    private static final int ROWS = 4096; // summed by one piece of work

    private ColumnMeans() {}

    /** The mean [width] of the rows of the row-major [rows, width] {@code x}. */
    static float[] of(float[] x, int rows, int width, int threads) {
        int pieces = (rows + ROWS - 1) / ROWS;
        var sums = new double[pieces][];
        Parallel.run(threads, pieces, piece -> {
            var sum = new double[width];
            int end = (int) Math.min(rows, (piece + 1L) * ROWS);
            for (int i = piece * ROWS; i < end; i++) {
                for (int j = 0; j < width; j++) {
                    sum[j] += x[i * width + j];
                }
            }
            sums[piece] = sum;
        });
        var total = new double[width];
        for (var sum : sums) {
            Lbfgs.add(total, 1, sum);
        }
        var mean = new float[width];
        for (int j = 0; j < width; j++) {
            mean[j] = (float) (total[j] / rows);
            if (!Float.isFinite(mean[j])) {
                throw notFinite(x, rows, width, j);
            }
        }
        return mean;
    }

    private static IllegalArgumentException notFinite(float[] x, int rows, int width, int j) {
        for (int i = 0; i < rows; i++) {
            float value = x[i * width + j];
            if (!Float.isFinite(value)) {
                return new IllegalArgumentException("Feature %d of row %d is %s.".formatted(j, i, value));
            }
        }
        return new IllegalArgumentException("Feature %d is too large to average.".formatted(j));
    }
}
