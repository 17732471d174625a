package igpt.optim;

/** The likeliest class of each row under a fitted classifier. */
final class Prediction {

    private Prediction() {}

    static int[] predict(SoftmaxRegression.Fit fit, float[] x, int rows) {
        var predicted = new int[rows];
        forTiles(fit, x, rows, (tile, from, count) -> {
            for (int i = 0; i < count; i++) {
                predicted[from + i] = largest(tile.logits, i);
            }
        });
        return predicted;
    }

    /** The mean −log p of the labels. */
    static double loss(SoftmaxRegression.Fit fit, float[] x, int rows, int[] labels) {
        var losses = new double[rows];
        forTiles(fit, x, rows, (tile, from, count) -> {
            var p = new double[tile.logits.length];
            for (int i = 0; i < count; i++) {
                losses[from + i] = SoftmaxObjective.softmax(tile.logits, i, p) - tile.logits[labels[from + i]][i];
            }
        });
        double sum = 0;
        for (double loss : losses) {
            sum += loss;
        }
        return sum / rows;
    }

    /** Calls {@code work} with each tile of the rows, its logits filled; on several threads. */
    private static void forTiles(SoftmaxRegression.Fit fit, float[] x, int rows, SoftmaxObjective.TileWork work) {
        int classes = fit.intercept().length;
        int width = fit.weights().length / classes;
        if ((long) rows * width > x.length) {
            throw new IllegalArgumentException(
                    rows + " rows of " + width + " features need more than " + x.length + " values.");
        }
        var weights = new float[classes][width + 1];
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < width; j++) {
                weights[k][j] = (float) fit.weights()[k * width + j];
            }
            weights[k][width] = (float) fit.intercept()[k];
        }
        int tiles = (rows + Tile.ROWS - 1) / Tile.ROWS;
        Parallel.run(Runtime.getRuntime().availableProcessors(), tiles, index -> {
            var tile = new Tile(new float[width], classes);
            int from = index * Tile.ROWS;
            int count = Math.min(Tile.ROWS, rows - from);
            tile.load(x, from, count);
            tile.multiply(weights);
            work.accept(tile, from, count);
        });
    }

    private static int largest(float[][] logits, int i) {
        int best = 0;
        for (int k = 1; k < logits.length; k++) {
            if (logits[k][i] > logits[best][i]) {
                best = k;
            }
        }
        return best;
    }
}
