package igpt.optim;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * C · Σ −log softmax(W x + b)[label] + ½ |W|², scikit-learn's objective for multinomial logistic regression. Features
 * are centred, which moves W · mean into b and leaves the value as it is, and b is the weight of a constant feature.
 *
 * <p>The rows are cut into groups by their number alone and the groups' sums are added in order, so any number of
 * threads gives the same bits.
 */
final class SoftmaxObjective implements Lbfgs.Objective {

    private static final int MOST_GROUPS = 32;

    private final float[] x; // [n, d], row-major
    private final int rows;
    private final int width; // d + 1
    private final int[] labels;
    private final int classes;
    private final float[] mean;
    private final int threads;
    private final int groups;
    private final int rowsPerGroup; // a multiple of the tile's
    private final Queue<Tile> tiles = new ConcurrentLinkedQueue<>(); // one a thread, used again and again
    private double strength = 1;

    SoftmaxObjective(float[] x, int rows, float[] mean, int[] labels, int classes, int threads) {
        this.x = x;
        this.rows = rows;
        this.mean = mean;
        width = mean.length + 1;
        this.labels = labels;
        this.classes = classes;
        this.threads = threads;
        int tiles = (rows + Tile.ROWS - 1) / Tile.ROWS;
        int tilesPerGroup = (tiles + MOST_GROUPS - 1) / MOST_GROUPS;
        rowsPerGroup = tilesPerGroup * Tile.ROWS;
        groups = (tiles + tilesPerGroup - 1) / tilesPerGroup;
    }

    /** Sets C. */
    void strength(double c) {
        strength = c;
    }

    /**
     * {@code at} is [K, d + 1], the intercepts last; {@code gradient} likewise. Both terms are those of the weights as
     * float32: were the penalty that of the others, the difference would not vanish at the minimum.
     */
    @Override
    public double valueAndGradient(double[] at, double[] gradient) {
        var weights = weights(at);
        var losses = new double[groups];
        var sums = new double[groups][][];
        Parallel.run(threads, groups, group -> {
            sums[group] = new double[classes][width];
            var residuals = new float[classes][Tile.ROWS];
            forTiles(group, weights, (tile, from, count) -> {
                losses[group] += residuals(tile.logits, from, count, residuals);
                tile.addProducts(residuals, sums[group]);
            });
        });
        double loss = 0;
        for (int group = 0; group < groups; group++) {
            loss += losses[group];
            if (group > 0) {
                for (int k = 0; k < classes; k++) {
                    Lbfgs.add(sums[0][k], 1, sums[group][k]);
                }
            }
        }
        double squares = 0;
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < width; j++) {
                double w = j < width - 1 ? weights[k][j] : 0; // the intercept is not penalised
                gradient[k * width + j] = strength * sums[0][k][j] + w;
                squares += w * w;
            }
        }
        return strength * loss + squares / 2;
    }

    /**
     * How strongly each row bends the loss at this point: Σ p (1 − p) / (K − 1), the mean of the Hessian's eigenvalues
     * over the logits that matter. 1 / K where all classes are equally likely, 0 where one is certain.
     */
    float[] curvature(double[] at) {
        var weights = weights(at);
        var curvature = new float[rows];
        Parallel.run(threads, groups, group -> {
            var p = new double[classes];
            forTiles(group, weights, (tile, from, count) -> {
                for (int i = 0; i < count; i++) {
                    softmax(tile.logits, i, p);
                    double sum = 0;
                    for (double share : p) {
                        sum += share * (1 - share);
                    }
                    curvature[from + i] = (float) (sum / (classes - 1));
                }
            });
        });
        return curvature;
    }

    /** What is done with a tile whose rows are {@code from} … {@code from + count − 1}. */
    interface TileWork {
        void accept(Tile tile, int from, int count);
    }

    /** Calls {@code work} with each tile of the group, its logits filled. */
    private void forTiles(int group, float[][] weights, TileWork work) {
        var pooled = tiles.poll();
        var tile = pooled == null ? new Tile(mean, classes) : pooled;
        int end = (int) Math.min(rows, (group + 1L) * rowsPerGroup);
        for (int from = group * rowsPerGroup; from < end; from += Tile.ROWS) {
            int count = Math.min(Tile.ROWS, end - from);
            tile.load(x, from, count);
            tile.multiply(weights);
            work.accept(tile, from, count);
        }
        tiles.add(tile);
    }

    private float[][] weights(double[] at) {
        var weights = new float[classes][width];
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < width; j++) {
                weights[k][j] = (float) at[k * width + j];
            }
        }
        return weights;
    }

    /** Fills residuals [k][i] with softmax − one-hot; returns the loss. */
    private double residuals(float[][] logits, int from, int count, float[][] residuals) {
        double loss = 0;
        var p = new double[classes];
        for (int i = 0; i < count; i++) {
            int label = labels[from + i];
            loss += softmax(logits, i, p) - logits[label][i];
            for (int k = 0; k < classes; k++) {
                residuals[k][i] = (float) (p[k] - (k == label ? 1 : 0));
            }
        }
        return loss;
    }

    /** Fills {@code p} with the softmax of row i and returns log Σ exp. */
    static double softmax(float[][] logits, int i, double[] p) {
        double most = Double.NEGATIVE_INFINITY;
        for (var logit : logits) {
            most = Math.max(most, logit[i]);
        }
        double total = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp(logits[k][i] - most);
            total += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= total;
        }
        return most + Math.log(total);
    }
}
