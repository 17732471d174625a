package igpt.optim;

import java.util.Arrays;

/**
 * A block of rows of a feature matrix, centred and with a constant 1 as the last feature, and its products with weights
 * and residuals. One thread's working memory. Products are float32 within the tile, their sums from tile to tile double.
 *
 * <p>Axes: i rows of the tile, j features (the last is the constant), k classes.
 */
final class Tile {

    static final int ROWS = 256;

    /** Features transposed at a time: 32 KB. What they add to the logits is summed by itself, to round less. */
    private static final int COLUMNS = 32;

    private static final int PANEL = 512; // features at a time in the products with residuals

    private final int width; // with the constant
    private final float[] mean;
    private final float[][] rows; // [i][j]
    private final float[][] products; // [k][j]
    private final float[][] columns = new float[COLUMNS][ROWS]; // [j][i], a slice of the same
    private final float[][] sums; // [k][i]
    final float[][] logits; // [k][i]
    private int count;

    /** {@code mean} [width − 1] is subtracted from every row. */
    Tile(float[] mean, int classes) {
        this.mean = mean;
        width = mean.length + 1;
        rows = new float[ROWS][width];
        products = new float[classes][width];
        sums = new float[classes][ROWS];
        logits = new float[classes][ROWS];
    }

    /** Takes rows {@code from} … {@code from + count − 1} of the row-major matrix {@code x}. */
    void load(float[] x, int from, int count) {
        this.count = count;
        int features = mean.length;
        for (int i = 0; i < count; i++) {
            var row = rows[i];
            System.arraycopy(x, (from + i) * features, row, 0, features);
            for (int j = 0; j < features; j++) {
                row[j] -= mean[j];
            }
            row[features] = 1;
        }
    }

    /** Fills {@code logits} with weights · row; weights [k][j]. */
    void multiply(float[][] weights) {
        for (var logit : logits) {
            Arrays.fill(logit, 0);
        }
        for (int j = 0; j < width; j += COLUMNS) {
            int wide = Math.min(COLUMNS, width - j);
            transpose(j, wide);
            for (int c = 0; c < wide; c += 4) {
                for (int k = 0; k < sums.length; k++) {
                    addColumns(sums[k], weights[k], j + c, c, wide - c);
                }
            }
            for (int k = 0; k < sums.length; k++) {
                Kernels.add(logits[k], sums[k], 1, 0, ROWS);
                Arrays.fill(sums[k], 0);
            }
        }
    }

    private void transpose(int j, int wide) {
        int c = 0;
        for (; c + 8 <= wide; c += 8) {
            transpose8(j + c, c);
        }
        for (; c < wide; c++) {
            for (int i = 0; i < count; i++) {
                columns[c][i] = rows[i][j + c];
            }
        }
    }

    private void transpose8(int j, int c) {
        var c0 = columns[c];
        var c1 = columns[c + 1];
        var c2 = columns[c + 2];
        var c3 = columns[c + 3];
        var c4 = columns[c + 4];
        var c5 = columns[c + 5];
        var c6 = columns[c + 6];
        var c7 = columns[c + 7];
        for (int i = 0; i < count; i++) {
            var row = rows[i];
            c0[i] = row[j];
            c1[i] = row[j + 1];
            c2[i] = row[j + 2];
            c3[i] = row[j + 3];
            c4[i] = row[j + 4];
            c5[i] = row[j + 5];
            c6[i] = row[j + 6];
            c7[i] = row[j + 7];
        }
    }

    private void addColumns(float[] to, float[] w, int j, int c, int left) {
        if (left >= 4) {
            var x = columns;
            Kernels.add4(to, x[c], x[c + 1], x[c + 2], x[c + 3], w[j], w[j + 1], w[j + 2], w[j + 3], 0, ROWS);
        } else {
            for (int l = 0; l < left; l++) {
                Kernels.add(to, columns[c + l], w[j + l], 0, ROWS);
            }
        }
    }

    /** {@code sums[k][j] += Σᵢ residual[k][i] · row[i][j]}. */
    void addProducts(float[][] residual, double[][] sums) {
        for (int from = 0; from < width; from += PANEL) {
            addPanel(residual, from, Math.min(width, from + PANEL));
        }
        for (int k = 0; k < sums.length; k++) {
            for (int j = 0; j < width; j++) {
                sums[k][j] += products[k][j];
            }
            Arrays.fill(products[k], 0);
        }
    }

    private void addPanel(float[][] residual, int from, int to) {
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            var x = rows;
            for (int k = 0; k < products.length; k++) {
                var r = residual[k];
                Kernels.add4(
                        products[k], x[i], x[i + 1], x[i + 2], x[i + 3], r[i], r[i + 1], r[i + 2], r[i + 3], from, to);
            }
        }
        for (; i < count; i++) {
            for (int k = 0; k < products.length; k++) {
                Kernels.add(products[k], rows[i], residual[k][i], from, to);
            }
        }
    }
}
