package igpt.optim;

/**
 * The mean row of a feature matrix, found in one pass that also finds what is not a number.
 *
 * @param mean [width]
 * @param squares Σ |xᵢ − mean|² of the rows
 */
@SuppressWarnings("ArrayRecordComponent") // read only
record ColumnMeans(float[] mean, double squares) {

    private static final int ROWS = 4096; // summed by one piece of work

    /** Of the rows of the row-major [rows, width] {@code x}. */
    static ColumnMeans of(float[] x, int rows, int width, int threads) {
        int pieces = (rows + ROWS - 1) / ROWS;
        var sums = new double[pieces][];
        Parallel.run(threads, pieces, piece -> {
            var sum = new double[2 * width]; // then of squares
            int end = (int) Math.min(rows, (piece + 1L) * ROWS);
            for (int i = piece * ROWS; i < end; i++) {
                for (int j = 0; j < width; j++) {
                    double value = x[i * width + j];
                    sum[j] += value;
                    sum[width + j] += value * value;
                }
            }
            sums[piece] = sum;
        });
        var total = new double[2 * width];
        for (var sum : sums) {
            Lbfgs.add(total, 1, sum);
        }
        var mean = new float[width];
        double squares = 0;
        for (int j = 0; j < width; j++) {
            mean[j] = (float) (total[j] / rows);
            if (!Float.isFinite(mean[j])) {
                throw notFinite(x, rows, width, j);
            }
            squares += Math.max(0, total[width + j] - mean[j] * (2 * total[j] - rows * (double) mean[j]));
        }
        return new ColumnMeans(mean, squares);
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
