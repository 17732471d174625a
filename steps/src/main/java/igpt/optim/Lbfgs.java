package igpt.optim;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS with a strong Wolfe line search (Nocedal and Wright, Numerical Optimization, algorithms 7.4, 7.5
 * and 3.5) and, if given, an initial inverse Hessian. Arithmetic in double; deterministic.
 */
public final class Lbfgs {

    /** A smooth function to minimise. */
    @FunctionalInterface
    public interface Objective {
        /** The value at {@code x}; its gradient is written to {@code gradient}, which may be overwritten freely. */
        double valueAndGradient(double[] x, double[] gradient);
    }

    /** A symmetric positive definite matrix near the inverse Hessian; only its shape matters, not its scale. */
    @FunctionalInterface
    public interface Preconditioner {
        /** Multiplies {@code v} in place. */
        void apply(double[] v);

        /**
         * Called at each iteration, at {@code x}: it may become another matrix and says whether it has.
         *
         * @param left iterations that the search would still take, by those before; infinite if that is not known
         */
        default boolean renewed(double[] x, int iteration, double left) {
            return false;
        }
    }

    /**
     * @param memory how many past steps shape the next one
     * @param gradientTolerance stop once the gradient's Euclidean norm is at most this
     * @param gapTolerance stop once the quadratic model's own gap to its minimum, ½ gᵀHg, is at most this share of
     *     the value's size
     * @param valueNoise relative rounding error of the objective: differences below it decide nothing
     */
    public record Options(
            int memory, int maxIterations, double gradientTolerance, double gapTolerance, double valueNoise) {

        public Options {
            if (memory < 1 || maxIterations < 0 || !(gradientTolerance >= 0) || !(gapTolerance >= 0)) {
                throw new IllegalArgumentException("memory at least 1, iterations and tolerances at least 0");
            }
        }
    }

    /**
     * The best point found.
     *
     * @param reason why the search ended there, in words
     * @param inverse near the inverse Hessian there, as the last steps have it
     */
    @SuppressWarnings("ArrayRecordComponent") // read only
    public record Result(
            double[] x,
            double value,
            double[] gradient,
            int iterations,
            int evaluations,
            boolean converged,
            String reason,
            Preconditioner inverse) {

        public double gradientNorm() {
            return norm(gradient);
        }
    }

    /** One past step: s = x' − x, y = g' − g. */
    private record Pair(double[] s, double[] y, double sy) {}

    private final Options options;
    private final @Nullable Preconditioner preconditioner;
    private final ArrayDeque<Pair> pairs = new ArrayDeque<>(); // oldest first
    private double scale = 1; // of the initial inverse Hessian

    private Lbfgs(Options options, @Nullable Preconditioner preconditioner) {
        this.options = options;
        this.preconditioner = preconditioner;
    }

    public static Result minimise(Objective objective, double[] start, Options options) {
        return minimise(objective, start, options, null, () -> false);
    }

    /** Minimises from {@code start}, which is left as it is, until {@code stop} says so: asked at each iteration. */
    public static Result minimise(
            Objective objective,
            double[] start,
            Options options,
            @Nullable Preconditioner preconditioner,
            BooleanSupplier stop) {
        var line = new WolfeSearch(objective, options.valueNoise());
        return new Lbfgs(options, preconditioner).search(line, start, stop);
    }

    private Result search(WolfeSearch line, double[] start, BooleanSupplier stop) {
        var at = line.evaluate(start.clone());
        if (!Double.isFinite(at.value) || !Double.isFinite(norm(at.gradient))) {
            throw new IllegalArgumentException("The objective or its gradient is not finite at the start.");
        }
        var way = new Way(options.gapTolerance());
        for (int iteration = 0; ; iteration++) {
            double gradientNorm = norm(at.gradient);
            if (preconditioner != null && preconditioner.renewed(at.x, iteration, way.left()) && !pairs.isEmpty()) {
                rescale(pairs.getLast());
            }
            var direction = direction(at.gradient);
            double slope = dot(at.gradient, direction);
            if (gradientNorm <= options.gradientTolerance()) {
                return result(at, iteration, line, true, "gradient norm within tolerance");
            }
            if (slope < 0 && -slope / 2 <= options.gapTolerance() * Math.abs(at.value)) {
                return result(at, iteration, line, true, "estimated gap to the minimum within tolerance");
            }
            way.add(-slope / 2 / Math.abs(at.value));
            if (iteration == options.maxIterations() || stop.getAsBoolean()) {
                return result(at, iteration, line, false, "stopped after " + iteration + " iterations");
            }
            // Without past steps nothing is known of the length, unless a preconditioner gives it.
            double first = pairs.isEmpty() && preconditioner == null ? Math.min(1, 1 / gradientNorm) : 1;
            var next = slope < 0 ? line.search(at, direction, first) : null;
            if (next == null) {
                if (pairs.isEmpty()) {
                    return result(at, iteration, line, false, "line search found no lower value");
                }
                pairs.clear(); // the past misleads: once more from the plain descent direction
                scale = 1;
                continue;
            }
            remember(at, next);
            at = next;
        }
    }

    /** How the gap that the quadratic model sees has shrunk, and will if that goes on. */
    private static final class Way {
        private static final int SEEN = 6; // iterations: single ones shrink it by chance

        private final double tolerance;
        private final ArrayDeque<Double> gaps = new ArrayDeque<>(); // shares of the value, oldest first

        Way(double tolerance) {
            this.tolerance = tolerance;
        }

        void add(double gap) {
            gaps.add(gap);
            if (gaps.size() > SEEN) {
                gaps.remove();
            }
        }

        /** Iterations to the tolerance. */
        double left() {
            if (gaps.size() < SEEN || !(gaps.getLast() < gaps.getFirst()) || !(tolerance > 0)) {
                return Double.POSITIVE_INFINITY;
            }
            double shrunk = StrictMath.log(gaps.getFirst() / gaps.getLast()) / (SEEN - 1);
            return StrictMath.log(gaps.getLast() / tolerance) / shrunk;
        }
    }

    private Result result(WolfeSearch.Point at, int iterations, WolfeSearch line, boolean converged, String reason) {
        return new Result(
                at.x, at.value, at.gradient, iterations, line.evaluations(), converged, reason, this::applyInverse);
    }

    /** −H g. */
    private double[] direction(double[] gradient) {
        var q = gradient.clone();
        applyInverse(q);
        for (int i = 0; i < q.length; i++) {
            q[i] = -q[i];
        }
        return q;
    }

    /** H q by the two-loop recursion (algorithm 7.4). */
    private void applyInverse(double[] q) {
        var alphas = new ArrayDeque<Double>();
        for (var newest = pairs.descendingIterator(); newest.hasNext(); ) {
            var pair = newest.next();
            double alpha = dot(pair.s, q) / pair.sy;
            add(q, -alpha, pair.y);
            alphas.push(alpha);
        }
        if (preconditioner != null) {
            preconditioner.apply(q);
        }
        for (int i = 0; i < q.length; i++) {
            q[i] *= scale;
        }
        for (var pair : pairs) {
            double beta = dot(pair.y, q) / pair.sy;
            add(q, alphas.pop() - beta, pair.s);
        }
    }

    private void remember(WolfeSearch.Point from, WolfeSearch.Point to) {
        var s = to.x.clone();
        add(s, -1, from.x);
        var y = to.gradient.clone();
        add(y, -1, from.gradient);
        double sy = dot(s, y);
        if (!(sy > 1e-16 * norm(s) * norm(y))) {
            return; // rounding ate the curvature
        }
        if (pairs.size() == options.memory()) {
            pairs.removeFirst();
        }
        pairs.addLast(new Pair(s, y, sy));
        rescale(pairs.getLast());
    }

    /** As the newest step has it (equation 7.20). */
    private void rescale(Pair newest) {
        var hy = newest.y.clone();
        if (preconditioner != null) {
            preconditioner.apply(hy);
        }
        scale = newest.sy / dot(newest.y, hy);
    }

    static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }
}
