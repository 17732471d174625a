package igpt.optim;

import igpt.optim.SoftmaxRegression.Fit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Softmax regression by stochastic gradient descent with momentum 0.9 and a cosine schedule to 0, as the paper's linear
 * probes on ImageNet (section 3.2): the mean −log p, no weight decay. The classifiers of all learning rates are trained
 * side by side, so that the features are gone through once for all of them.
 *
 * <p>Features, weights and arithmetic are float32. A rate's classifier is trained by one thread at a time, so any number
 * of threads gives the same bits.
 *
 * <p>Axes: r learning rates, b rows of a mini-batch, j features (then the constant, then zeros up to a multiple of four),
 * k classes.
 */
public final class Sgd {
    private static final double MOMENTUM = 0.9;

    /** Features gathered at a time, for all rates to be trained on: 16 MB. */
    private static final int GATHERED = 4 << 20;

    /** Which row stands at a position of the endless training order. */
    @FunctionalInterface
    public interface Order {
        int row(long position);
    }

    /**
     * @param rates learning rates at the start of the schedule
     * @param iterations updates of the weights
     * @param batch rows an iteration
     */
    @SuppressWarnings("ArrayRecordComponent") // read only
    public record Options(double[] rates, int iterations, int batch) {}

    private final float[] x;
    private final int width;
    private final int[] labels;
    private final Order order;
    private final Options options;
    private final int threads;
    private final int padded; // of j
    private final MiniBatch[] chunk;
    private final float[][][] weights; // [r][k][j]
    private final float[][][] velocity; // [r][k][j]
    private int iteration;

    /** One gathered mini-batch: by row for the gradient, by column for the logits. */
    private record MiniBatch(float[][] rows, float[][] columns, int[] labels) {
        MiniBatch(int batch, int padded) {
            this(new float[batch][padded], new float[padded][batch], new int[batch]);
        }
    }

    /**
     * All weights start at 0.
     *
     * @param x features [rows, width], row-major, better {@link Standardization standardized}; kept, not copied
     * @param labels 0 … classes − 1, one a row
     */
    public Sgd(float[] x, int width, int[] labels, int classes, Order order, Options options, int threads) {
        this.x = x;
        this.width = width;
        this.labels = labels;
        this.order = order;
        this.options = options;
        this.threads = threads;
        padded = (width + 1 + 3) / 4 * 4;
        chunk = new MiniBatch[Math.max(1, GATHERED / (options.batch() * padded))];
        weights = new float[options.rates().length][classes][padded];
        velocity = new float[options.rates().length][classes][padded];
    }

    /** Updates made. */
    public int iteration() {
        return iteration;
    }

    /** Trains on some more mini-batches; false once all {@link Options#iterations} are made. */
    public boolean advance() {
        int count = Math.min(chunk.length, options.iterations() - iteration);
        Parallel.run(threads, count, i -> gather(i, iteration + i));
        Parallel.run(threads, options.rates().length, rate -> {
            var logits = new float[weights[rate].length][options.batch()];
            for (int i = 0; i < count; i++) {
                update(rate, chunk[i], iteration + i, logits);
            }
        });
        iteration += count;
        return iteration < options.iterations();
    }

    private void gather(int place, long iteration) {
        if (chunk[place] == null) {
            chunk[place] = new MiniBatch(options.batch(), padded);
        }
        var mini = chunk[place];
        for (int b = 0; b < options.batch(); b++) {
            int row = order.row(iteration * options.batch() + b);
            System.arraycopy(x, row * width, mini.rows[b], 0, width);
            mini.rows[b][width] = 1;
            mini.labels[b] = labels[row];
            for (int j = 0; j < padded; j++) {
                mini.columns[j][b] = mini.rows[b][j];
            }
        }
    }

    /** v ← 0.9 v + gradient; W ← W − rate v. */
    private void update(int r, MiniBatch mini, int iteration, float[][] logits) {
        int batch = options.batch();
        double progress = (double) iteration / options.iterations();
        float rate = (float) (options.rates()[r] * (1 + StrictMath.cos(Math.PI * progress)) / 2);
        multiply(weights[r], mini.columns, logits);
        residuals(logits, mini.labels);
        for (int k = 0; k < logits.length; k++) {
            var v = velocity[r][k];
            for (int j = 0; j < padded; j++) {
                v[j] *= (float) MOMENTUM;
            }
            var g = logits[k]; // residuals by now
            int b = 0;
            for (; b + 4 <= batch; b += 4) {
                var row = mini.rows;
                Kernels.add4(
                        v, row[b], row[b + 1], row[b + 2], row[b + 3], g[b], g[b + 1], g[b + 2], g[b + 3], 0, padded);
            }
            for (; b < batch; b++) {
                Kernels.add(v, mini.rows[b], g[b], 0, padded);
            }
            Kernels.add(weights[r][k], v, -rate, 0, padded);
        }
    }

    /** {@code logits[k][b] = Σⱼ w[k][j] · columns[j][b]}. */
    private static void multiply(float[][] w, float[][] columns, float[][] logits) {
        for (int k = 0; k < w.length; k++) {
            Arrays.fill(logits[k], 0);
            for (int j = 0; j < columns.length; j += 4) {
                Kernels.add4(
                        logits[k],
                        columns[j],
                        columns[j + 1],
                        columns[j + 2],
                        columns[j + 3],
                        w[k][j],
                        w[k][j + 1],
                        w[k][j + 2],
                        w[k][j + 3],
                        0,
                        logits[k].length);
            }
        }
    }

    /** Logits become (softmax − one-hot) / batch: the gradient of the mean −log p by them. */
    private static void residuals(float[][] logits, int[] labels) {
        int batch = labels.length;
        for (int b = 0; b < batch; b++) {
            float most = Float.NEGATIVE_INFINITY;
            for (var logit : logits) {
                most = Math.max(most, logit[b]);
            }
            double total = 0;
            for (var logit : logits) {
                logit[b] = (float) Math.exp(logit[b] - most);
                total += logit[b];
            }
            for (int k = 0; k < logits.length; k++) {
                logits[k][b] = (float) ((logits[k][b] / total - (k == labels[b] ? 1 : 0)) / batch);
            }
        }
    }

    /**
     * The classifiers as they are now, in the order of the rates. One that has diverged is there too: its weights and
     * so its {@link Fit#loss} are not finite, and {@code converged} is false.
     */
    public List<Fit> fits() {
        var fits = new ArrayList<Fit>();
        for (int r = 0; r < weights.length; r++) {
            int classes = weights[r].length;
            var w = new double[classes * width];
            var intercept = new double[classes];
            boolean finite = true;
            for (int k = 0; k < classes; k++) {
                for (int j = 0; j <= width; j++) {
                    float value = weights[r][k][j];
                    finite &= Float.isFinite(value);
                    if (j < width) {
                        w[k * width + j] = value;
                    } else {
                        intercept[k] = value;
                    }
                }
            }
            var reason = finite ? "all iterations made" : "diverged at learning rate " + options.rates()[r];
            fits.add(new Fit(w, intercept, Double.NaN, iteration, finite, Double.NaN, reason));
        }
        return fits;
    }
}
