package igpt.optim;

import java.util.Arrays;

/**
 * Xᵀ diag(weight) X of centred features and a constant, and Cholesky factors of s XᵀX + I made from it. Float32: it
 * only has to be near.
 */
final class Gram {

    private static final int BLOCK = 64; // rows of the matrix that one piece of work fills
    private static final int CHUNK = 128; // rows of X at a time
    private static final int PANEL = 512; // columns at a time, so that they stay in the cache

    private final int width; // with the constant
    private final int threads;
    private final float[][] upper; // [a][b], b at least the block's first

    /**
     * Sums over every {@code stride}-th row of the row-major {@code x} and scales up to all; {@code weight} [rows] says
     * how much each counts.
     */
    Gram(float[] x, int rows, float[] mean, float[] weight, int stride, int threads) {
        this.threads = threads;
        width = mean.length + 1;
        upper = new float[width][width];
        int taken = (rows + stride - 1) / stride;
        float scale = (float) rows / taken;
        int blocks = (width + BLOCK - 1) / BLOCK;
        Parallel.run(threads, blocks, block -> {
            int a0 = block * BLOCK;
            int a1 = Math.min(width, a0 + BLOCK);
            var chunk = new float[CHUNK][width];
            for (int first = 0; first < taken; first += CHUNK) {
                for (int i = 0; i < CHUNK; i++) {
                    int row = (first + i) * stride;
                    boolean there = first + i < taken;
                    load(chunk[i], x, row, mean, there ? (float) Math.sqrt(scale * weight[row]) : 0, a0);
                }
                addChunk(chunk, a0, a1);
            }
        });
    }

    /** One row from its column {@code from}, centred and scaled; zeros for the scale 0. */
    private static void load(float[] to, float[] x, int row, float[] mean, float scale, int from) {
        if (scale == 0) {
            Arrays.fill(to, 0);
            return;
        }
        int features = mean.length;
        System.arraycopy(x, row * features + from, to, from, features - from);
        for (int j = from; j < features; j++) {
            to[j] = (to[j] - mean[j]) * scale;
        }
        to[features] = scale;
    }

    private void addChunk(float[][] chunk, int a0, int a1) {
        for (int from = a0; from < width; from += PANEL) {
            int to = Math.min(width, from + PANEL);
            for (int i = 0; i < CHUNK; i += 16) {
                for (int a = a0; a < a1; a++) {
                    for (int l = i; l < i + 16; l += 4) {
                        var x = chunk;
                        Kernels.add4(
                                upper[a],
                                x[l],
                                x[l + 1],
                                x[l + 2],
                                x[l + 3],
                                x[l][a],
                                x[l + 1][a],
                                x[l + 2][a],
                                x[l + 3][a],
                                from,
                                to);
                    }
                }
            }
        }
    }

    /** The factor of {@code strength · XᵀX + I}; the identity is raised until float32 can factor the sum. */
    Cholesky factor(double strength) {
        double largest = 0;
        for (int j = 0; j < width; j++) {
            largest = Math.max(largest, upper[j][j]);
        }
        double least = Math.max(1e-7, strength * largest * 1e-7);
        for (double ridge = 1; ridge < Float.MAX_VALUE; ridge = Math.max(4 * ridge, least)) {
            var matrix = new float[width][width];
            for (int a = 0; a < width; a++) {
                Kernels.add(matrix[a], upper[a], (float) strength, a, width);
                matrix[a][a] += (float) (a < width - 1 ? ridge : least); // the intercept is not penalised
            }
            if (Cholesky.factor(matrix, threads)) {
                return new Cholesky(matrix);
            }
        }
        throw new IllegalArgumentException("The squares of the features, times C, exceed float32: scale them down.");
    }
}
