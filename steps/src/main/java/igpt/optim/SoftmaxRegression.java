package igpt.optim;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Multinomial logistic regression with scikit-learn's objective, C · Σ −log softmax(W x + b)[label] + ½ |W|² (the
 * intercept b unpenalised). L-BFGS with the preconditioner of {@link GramPreconditioner} comes near the minimum;
 * {@link NewtonCg} ends there and proves it. It stays open for many values of C over the same rows, and a fit may start
 * where another ended.
 *
 * <p>Any number of threads gives the same bits. Memory: a centred copy of the features until it is closed, without
 * copies of columns and constant ones ({@link Columns}), up to 8 d² floats, and up to three for each row and class.
 *
 * <p>A class without rows gets weights 0 and the intercept −∞, its limit: it is never predicted.
 */
public final class SoftmaxRegression implements AutoCloseable {

    /** A fit has converged when its objective is proven to exceed the minimum by at most this share of it. */
    public static final double GAP = 1e-8;

    /** Relative rounding error of the objective in float32 products. */
    static final double NOISE = 1e-7;

    private static final int MEMORY = 20;
    private static final int MOST_ITERATIONS = 200; // of L-BFGS

    private final int rows;
    private final int threads;
    private final int width;
    private final Columns columns;
    private final int stride; // of the objective's weights: the intercept follows those of the columns, then zeros
    private final int classes;
    private final int[] present; // the classes that have rows, ascending
    private final float[] mean; // [d]
    private final SoftmaxObjective objective;
    private final ExactObjective exact;
    private final Gram gram;

    /**
     * A fitted classifier.
     *
     * @param weights W [K, d], row-major
     * @param intercept b [K]
     * @param objective C · NLL + ½ |W|² at the end
     * @param iterations passes over the rows: L-BFGS's iterations and Newton's products with the Hessian
     * @param converged whether the objective is proven to be within {@link #GAP} of its minimum; {@code reason} says
     *     how near, or why the search ended
     * @param gap the share of the objective by which it is proven to exceed the minimum at most
     */
    public record Fit(
            double[] weights,
            double[] intercept,
            double objective,
            int iterations,
            boolean converged,
            double gap,
            String reason) {

        /** The likeliest class of each of the first {@code rows} rows of {@code x} [rows, d]; the first wins ties. */
        public int[] predict(float[] x, int rows) {
            return Prediction.predict(this, x, rows);
        }

        /** What speaks for each class, of each row of {@code x} [rows, d]: [rows, K]. */
        public double[][] logits(float[] x, int rows) {
            return Prediction.logits(this, x, rows);
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
     * @param x features [rows, width], row-major; to be left as they are until this is closed
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
        var means = ColumnMeans.of(x, rows, width, threads);
        mean = means.mean();
        columns = Columns.of(x, rows, width, threads);
        var dense = dense(labels);
        objective = new SoftmaxObjective(x, rows, mean, columns, dense, present.length, threads);
        exact = new ExactObjective(x, rows, means, dense, present.length, threads);
        stride = objective.width();
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
        return fit(c, start, () -> false);
    }

    /** The same, until {@code stop} says so, which is asked at each iteration: what is found by then has not converged. */
    public Fit fit(double c, @Nullable Fit start, BooleanSupplier stop) {
        if (!(c > 0) || Double.isInfinite(c)) {
            throw new IllegalArgumentException("C is " + c + "; it is a positive number.");
        }
        objective.strength(c);
        var preconditioner = new GramPreconditioner(objective, gram, c, rows, present.length, threads);
        var options = new Lbfgs.Options(MEMORY, MOST_ITERATIONS, 0, GAP, NOISE);
        var from = start == null ? new double[present.length * stride] : parameters(start);
        var near = Lbfgs.minimise(objective, from, options, preconditioner, stop);
        if (!near.converged() && !stop.getAsBoolean()) {
            preconditioner.renew(near.x());
        }
        var newton = new NewtonCg(objective, exact, columns, preconditioner, c, present.length, stop);
        var found = newton.minimise(near);
        var point = found.point();
        var weights = new double[classes * width];
        var intercept = new double[classes];
        Arrays.fill(intercept, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < present.length; k++) {
            System.arraycopy(point.weights(), k * width, weights, present[k] * width, width);
            intercept[present[k]] = point.intercept()[k] - meanLogit(weights, present[k] * width);
        }
        return new Fit(
                weights,
                intercept,
                point.value(),
                near.iterations() + found.products(),
                found.converged(),
                point.gap() / point.value(),
                found.reason());
    }

    /** Those of {@code fit} as the objective has them: of centred features, without copies. */
    private double[] parameters(Fit fit) {
        if (fit.weights.length != classes * width) {
            throw new IllegalArgumentException(
                    "The start has " + fit.weights.length + " weights, not " + classes + " x " + width + ".");
        }
        var weights = new double[present.length * width];
        for (int k = 0; k < present.length; k++) {
            System.arraycopy(fit.weights, present[k] * width, weights, k * width, width);
        }
        var parameters = columns.narrow(weights, present.length, stride);
        for (int k = 0; k < present.length; k++) {
            double intercept = fit.intercept[present[k]];
            parameters[k * stride + columns.kept()] =
                    Double.isFinite(intercept) ? intercept + meanLogit(fit.weights, present[k] * width) : 0;
        }
        return parameters;
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
