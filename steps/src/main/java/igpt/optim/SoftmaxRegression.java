package igpt.optim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Multinomial logistic regression with scikit-learn's objective, C · Σ −log softmax(W x + b)[label] + ½ |W|² (the
 * intercept b unpenalised), fitted by L-BFGS with the preconditioner of {@link GramPreconditioner}. It stays open for
 * many values of C over the same rows, and a fit may start where another ended.
 *
 * <p>Features and their products are float32, by TensorFlow, sums of these double. Any number of threads gives the same
 * bits. Memory: a centred copy of the features until it is closed, and up to 8 d² floats.
 *
 * <p>A class without rows gets weights 0 and the intercept −∞, its limit: it is never predicted.
 */
public final class SoftmaxRegression implements AutoCloseable {

    /** Share of the objective by which it may still exceed its minimum, as L-BFGS itself estimates it. */
    private static final double GAP = 1e-8;

    /** Relative rounding error of the objective, whose products are float32. */
    private static final double NOISE = 1e-7;

    private static final int MEMORY = 10;
    private static final int MOST_ITERATIONS = 2000;

    /** Iterations before the preconditioner is made anew. */
    private static final int ROUND = 30;

    private final int rows;
    private final int threads;
    private final int width;
    private final int stride; // of the objective's weights: the intercept follows the weights, then zeros
    private final int classes;
    private final int[] present; // the classes that have rows, ascending
    private final float[] mean; // [d]
    private final SoftmaxObjective objective;
    private final Gram gram;

    /**
     * A fitted classifier.
     *
     * @param weights W [K, d], row-major
     * @param intercept b [K]
     * @param objective C · NLL + ½ |W|² at the end
     * @param converged whether the end is the minimum within tolerance; {@code reason} says why the search ended
     * @param gradientNorm Euclidean, of the objective over centred features
     */
    public record Fit(
            double[] weights,
            double[] intercept,
            double objective,
            int iterations,
            boolean converged,
            double gradientNorm,
            String reason) {

        /** The likeliest class of each of the first {@code rows} rows of {@code x} [rows, d]; the first wins ties. */
        public int[] predict(float[] x, int rows) {
            return Prediction.predict(this, x, rows);
        }

        /** The share of rows whose likeliest class is their label, 0 to 1. */
        public double accuracy(float[] x, int rows, int[] labels) {
            var predicted = predict(x, rows);
            int right = 0;
            for (int i = 0; i < rows; i++) {
                right += predicted[i] == labels[i] ? 1 : 0;
            }
            return (double) right / rows;
        }

        /** The mean −log p of the rows' labels, in nats; not a number where the weights are not. */
        public double loss(float[] x, int rows, int[] labels) {
            return Prediction.loss(this, x, rows, labels);
        }
    }

    /**
     * Takes the rows and sums XᵀX, which is shared by all fits.
     *
     * @param x features [rows, width], row-major; copied
     * @param labels 0 … classes − 1, one a row
     * @throws IllegalArgumentException if features are not finite, labels out of range or all the same
     */
    public SoftmaxRegression(float[] x, int rows, int width, int[] labels, int classes, int threads) {
        if (rows < 1 || width < 1 || (long) rows * width > x.length || rows > labels.length) {
            throw new IllegalArgumentException("%d rows of %d features need %d values and %d labels, not %d and %d."
                    .formatted(rows, width, (long) rows * width, rows, x.length, labels.length));
        }
        this.rows = rows;
        this.threads = threads;
        this.width = width;
        this.classes = classes;
        present = presentClasses(labels, rows, classes);
        mean = ColumnMeans.of(x, rows, width, threads);
        stride = SoftmaxObjective.width(width);
        objective = new SoftmaxObjective(x, rows, mean, dense(labels), present.length, threads);
        gram = objective.gram(new double[present.length * stride]);
    }

    private static int[] presentClasses(int[] labels, int rows, int classes) {
        var counts = new int[classes];
        for (int i = 0; i < rows; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "Row %d has label %d; labels are 0 to %d.".formatted(i, labels[i], classes - 1));
            }
            counts[labels[i]]++;
        }
        var present = new int[classes];
        int found = 0;
        for (int k = 0; k < classes; k++) {
            if (counts[k] > 0) {
                present[found++] = k;
            }
        }
        if (found < 2) {
            throw new IllegalArgumentException(
                    "All %d rows have label %d; a classifier needs two classes.".formatted(rows, labels[0]));
        }
        return Arrays.copyOf(present, found);
    }

    /** The labels counted among the present classes only. */
    private int[] dense(int[] labels) {
        var place = new int[classes];
        for (int k = 0; k < present.length; k++) {
            place[present[k]] = k;
        }
        var dense = new int[rows];
        for (int i = 0; i < rows; i++) {
            dense[i] = place[labels[i]];
        }
        return dense;
    }

    /**
     * Minimises the objective for this C, the inverse strength of the penalty, starting from {@code start} or 0.
     * Not reaching the minimum is reported in the result, never thrown.
     */
    public Fit fit(double c, @Nullable Fit start) {
        if (!(c > 0) || Double.isInfinite(c)) {
            throw new IllegalArgumentException("C is " + c + "; it is a positive number.");
        }
        objective.strength(c);
        var found = minimise(c, start == null ? new double[present.length * stride] : centred(start));
        var weights = new double[classes * width];
        var intercept = new double[classes];
        Arrays.fill(intercept, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < present.length; k++) {
            System.arraycopy(found.x(), k * stride, weights, present[k] * width, width);
            intercept[present[k]] = found.x()[k * stride + width] - meanLogit(weights, present[k] * width);
        }
        return new Fit(
                weights,
                intercept,
                found.value(),
                found.iterations(),
                found.converged(),
                found.gradientNorm(),
                found.reason());
    }

    /**
     * In rounds: where the first preconditioner leads slowly, one made from the curvature found so far goes on. Where
     * nearly all rows are certain, the first also takes the way to the minimum for much shorter than it is; then the
     * second has to agree that it is reached.
     */
    private Lbfgs.Result minimise(double c, double[] start) {
        var at = start;
        var shape = gram;
        for (int done = 0; ; ) {
            var options = new Lbfgs.Options(MEMORY, Math.min(ROUND, MOST_ITERATIONS - done), 0, GAP, NOISE);
            var preconditioner = new GramPreconditioner(shape.factor(c), stride, present.length, threads);
            var found = Lbfgs.minimise(objective, at, options, preconditioner);
            done += found.iterations();
            boolean ended = found.converged() || found.iterations() == 0;
            if (done >= MOST_ITERATIONS || (ended && shape != gram)) {
                return found.after(done);
            }
            at = found.x();
            if (found.converged() && objective.meanCurvature(at) > 0.1 / present.length) {
                return found.after(done);
            }
            shape = objective.gram(at);
        }
    }

    /** The parameters of {@code fit} in the objective's coordinates: those of centred features. */
    private double[] centred(Fit fit) {
        if (fit.weights.length != classes * width) {
            throw new IllegalArgumentException(
                    "The start has " + fit.weights.length + " weights, not " + classes + " x " + width + ".");
        }
        var at = new double[present.length * stride];
        for (int k = 0; k < present.length; k++) {
            System.arraycopy(fit.weights, present[k] * width, at, k * stride, width);
            double intercept = fit.intercept[present[k]];
            at[k * stride + width] =
                    Double.isFinite(intercept) ? intercept + meanLogit(fit.weights, present[k] * width) : 0;
        }
        return at;
    }

    private double meanLogit(double[] weights, int from) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
            sum += weights[from + j] * mean[j];
        }
        return sum;
    }

    @Override
    public void close() {
        objective.close();
    }
}
