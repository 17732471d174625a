package igpt.optim;

import java.util.Arrays;

/** What a fitted classifier says of each row. */
final class Prediction {

    private static final int ROWS = 256; // of a piece of work

    private Prediction() {}

    /** The likeliest class of each row. */
    static int[] predict(SoftmaxRegression.Fit fit, float[] x, int rows) {
        var predicted = new int[rows];
        forRows(fit, x, rows, (row, logits) -> predicted[row] = largest(logits));
        return predicted;
    }

    /** The logits of each row, [rows, K]. */
    static double[][] logits(SoftmaxRegression.Fit fit, float[] x, int rows) {
        var all = new double[rows][];
        forRows(fit, x, rows, (row, logits) -> all[row] = logits.clone());
        return all;
    }

    /** The mean −log p of the labels. */
    static double loss(SoftmaxRegression.Fit fit, float[] x, int rows, int[] labels) {
        var losses = new double[rows];
        forRows(fit, x, rows, (row, logits) -> losses[row] = logSumExp(logits) - logits[labels[row]]);
        return Arrays.stream(losses).sum() / rows;
    }

    private interface RowWork {
        void accept(int row, double[] logits);
    }

    /** Calls {@code work} with each row's logits; on several threads. */
    private static void forRows(SoftmaxRegression.Fit fit, float[] x, int rows, RowWork work) {
        int classes = fit.intercept().length;
        int width = fit.weights().length / classes;
        if ((long) rows * width > x.length) {
            throw new IllegalArgumentException(
                    rows + " rows of " + width + " features need more than " + x.length + " values.");
        }
        var weights = new double[classes][];
        for (int k = 0; k < classes; k++) {
            weights[k] = Arrays.copyOfRange(fit.weights(), k * width, (k + 1) * width);
        }
        Parallel.run(Runtime.getRuntime().availableProcessors(), (rows + ROWS - 1) / ROWS, piece -> {
            var features = new double[width];
            var logits = new double[classes];
            for (int row = piece * ROWS; row < Math.min(rows, (piece + 1) * ROWS); row++) {
                for (int j = 0; j < width; j++) {
                    features[j] = x[row * width + j];
                }
                for (int k = 0; k < classes; k++) {
                    logits[k] = Lbfgs.dot(weights[k], features) + fit.intercept()[k];
                }
                work.accept(row, logits);
            }
        });
    }

    private static double logSumExp(double[] logits) {
        double most = Arrays.stream(logits).max().orElseThrow();
        double total = 0;
        for (double logit : logits) {
            total += Math.exp(logit - most);
        }
        return most + Math.log(total);
    }

    private static int largest(double[] logits) {
        int best = 0;
        for (int k = 1; k < logits.length; k++) {
            if (logits[k] > logits[best]) {
                best = k;
            }
        }
        return best;
    }
}
