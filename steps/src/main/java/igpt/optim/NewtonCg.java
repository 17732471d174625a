package igpt.optim;

import igpt.optim.ExactObjective.Point;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method for {@link SoftmaxRegression}, to a gap that is proven (Nocedal and Wright, algorithm 7.1, with
 * preconditioned conjugate gradients). What decides, value, gradient and gap, is {@link ExactObjective}'s, in double over
 * the rows as given; what only points the way, products with the Hessian, is {@link SoftmaxObjective}'s in float32. So
 * rounding there costs products and never the minimum.
 */
final class NewtonCg {

    private static final double GAP = SoftmaxRegression.GAP;
    private static final int MOST_PRODUCTS = 4000;
    private static final int MOST_PRODUCTS_A_STEP = 300;
    private static final int MOST_HALVINGS = 25;
    private static final int MOST_STALLS = 6;

    private final SoftmaxObjective objective;
    private final ExactObjective exact;
    private final Columns columns;
    private final GramPreconditioner gram;
    private final double c;
    private final int classes;
    private final int stride;
    private final BooleanSupplier stop;
    private Lbfgs.Preconditioner preconditioner; // knows what L-BFGS learnt, until the Gram matrix is made again
    private int products;

    /** @param converged whether the gap is proven to be at most {@link SoftmaxRegression#GAP} of the value */
    record Result(Point point, int products, boolean converged, String reason) {}

    NewtonCg(
            SoftmaxObjective objective,
            ExactObjective exact,
            Columns columns,
            GramPreconditioner gram,
            double c,
            int classes,
            BooleanSupplier stop) {
        this.objective = objective;
        this.exact = exact;
        this.columns = columns;
        this.gram = gram;
        preconditioner = gram;
        this.c = c;
        this.classes = classes;
        this.stop = stop;
        stride = objective.width();
    }

    /**
     * From where L-BFGS ended, over {@link SoftmaxObjective}. The first step is taken as float32 sees it: from near the
     * minimum it is mostly the last.
     */
    Result minimise(Lbfgs.Result start) {
        if (start.converged()) {
            preconditioner = start.inverse();
        }
        var first = start.x().clone();
        Lbfgs.add(first, 1, direction(first, start.value(), start.gradient()));
        var at = exact.at(c, columns.widen(first, classes, stride), intercept(first));
        if (at.value() > start.value() * (1 + SoftmaxRegression.NOISE)) { // it was not near
            at = exact.at(c, columns.widen(start.x(), classes, stride), intercept(start.x()));
        }
        double least = at.gap();
        int stalls = 0;
        while (true) {
            if (at.gap() <= GAP * at.value()) {
                return result(at, true, "proven");
            }
            if (products >= MOST_PRODUCTS || stop.getAsBoolean()) {
                return result(at, false, "stopped after %d products with the Hessian".formatted(products));
            }
            int before = products;
            var next = search(at, direction(at));
            if (next == null) {
                return result(at, false, "line search found no lower value");
            }
            boolean lower = at.value() - next.value() > 1e-10 * at.value() || next.gap() < least / 2;
            stalls = lower ? 0 : stalls + 1;
            least = Math.min(least, next.gap());
            at = next;
            if (stalls == MOST_STALLS) {
                return result(at, false, "rounding allows no lower value");
            }
            if (at.gap() > GAP * at.value() && gram.isPoor(products - before)) {
                gram.renew(parameters(at));
                preconditioner = gram;
            }
        }
    }

    private Result result(Point at, boolean converged, String how) {
        var words = "%s: at most %.1e of the objective above its minimum".formatted(how, at.gap() / at.value());
        return new Result(at, products, converged, words);
    }

    private double[] direction(Point at) {
        var gradient = columns.narrow(at.gradient(), classes, stride);
        for (int k = 0; k < classes; k++) {
            gradient[k * stride + columns.kept()] = at.byIntercept()[k];
        }
        return direction(parameters(at), at.value(), gradient);
    }

    /** Where the quadratic model is lowest, nearly. */
    private double[] direction(double[] parameters, double value, double[] gradient) {
        try (var hessian = objective.hessian(parameters)) {
            return conjugateGradients(hessian, value, gradient);
        }
    }

    private double[] conjugateGradients(SoftmaxObjective.Hessian hessian, double value, double[] gradient) {
        var residual = new double[gradient.length];
        Lbfgs.add(residual, -1, gradient);
        centreIntercept(residual);
        var step = new double[residual.length];
        var z = residual.clone();
        preconditioner.apply(z);
        var direction = z.clone();
        var product = new double[step.length];
        double size = Lbfgs.dot(residual, z);
        double first = size;
        double share = Math.min(0.1, Math.sqrt(first / 2 / value)); // Newton's own error shrinks like that
        for (int i = 0; i < MOST_PRODUCTS_A_STEP && size > 0 && !stop.getAsBoolean(); i++) {
            hessian.times(direction, product);
            centreIntercept(product);
            products++;
            double bend = Lbfgs.dot(direction, product);
            if (!(bend > 0)) {
                break; // rounding
            }
            double length = size / bend;
            Lbfgs.add(step, length, direction);
            Lbfgs.add(residual, -length, product);
            System.arraycopy(residual, 0, z, 0, z.length);
            preconditioner.apply(z);
            double now = Lbfgs.dot(residual, z);
            if (now <= share * share * first || byWeights(residual) <= GAP * value / 3) {
                break;
            }
            double ratio = now / size;
            for (int j = 0; j < direction.length; j++) {
                direction[j] = z[j] + ratio * direction[j];
            }
            size = now;
        }
        return step;
    }

    /**
     * Takes out what is the same in the intercepts of all classes: it moves no probability and is not penalised, so the
     * Hessian takes it to 0. What rounding leaves of it no step can remove, and conjugate gradients, which cannot know that,
     * diverge.
     */
    private void centreIntercept(double[] v) {
        double mean = 0;
        for (int k = 0; k < classes; k++) {
            mean += v[k * stride + columns.kept()] / classes;
        }
        for (int k = 0; k < classes; k++) {
            v[k * stride + columns.kept()] -= mean;
        }
    }

    /** ½ |v|² without the intercept. */
    private double byWeights(double[] v) {
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            sum += i % stride == columns.kept() ? 0 : v[i] * v[i];
        }
        return sum / 2;
    }

    /** The whole step, or half, a quarter … of it: the first that lowers the value enough. */
    private @Nullable Point search(Point at, double[] step) {
        var wide = columns.widen(step, classes, stride);
        var intercept = intercept(step);
        double slope = Lbfgs.dot(at.gradient(), wide) + Lbfgs.dot(at.byIntercept(), intercept);
        double length = 1;
        for (int i = 0; i < MOST_HALVINGS; i++, length /= 2) {
            var weights = at.weights().clone();
            Lbfgs.add(weights, length, wide);
            var b = at.intercept().clone();
            Lbfgs.add(b, length, intercept);
            var next = exact.at(c, weights, b);
            if (next.value() <= at.value() + 1e-4 * length * Math.min(0, slope) + 1e-13 * at.value()) {
                return next;
            }
        }
        return null;
    }

    private double[] parameters(Point at) {
        var parameters = columns.narrow(at.weights(), classes, stride);
        for (int k = 0; k < classes; k++) {
            parameters[k * stride + columns.kept()] = at.intercept()[k];
        }
        return parameters;
    }

    private double[] intercept(double[] parameters) {
        var intercept = new double[classes];
        for (int k = 0; k < classes; k++) {
            intercept[k] = parameters[k * stride + columns.kept()];
        }
        return intercept;
    }
}
