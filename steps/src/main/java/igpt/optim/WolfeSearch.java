package igpt.optim;

import org.jspecify.annotations.Nullable;

/**
 * Line search for the strong Wolfe conditions (Nocedal and Wright, algorithms 3.5 and 3.6, steps by safeguarded cubic
 * interpolation). Values that differ by less than their rounding count as equal, so near a minimum the slopes decide.
 */
final class WolfeSearch {

    private static final double DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int MOST_TRIALS = 30;

    /** The function along the line: where, value, gradient; {@code slope} is the gradient along the direction. */
    static final class Point {
        final double[] x;
        final double[] gradient;
        final double value;
        double step;
        double slope;

        private Point(double[] x, double[] gradient, double value) {
            this.x = x;
            this.gradient = gradient;
            this.value = value;
        }
    }

    private final Lbfgs.Objective objective;
    private final double noise;
    private int evaluations;

    WolfeSearch(Lbfgs.Objective objective, double noise) {
        this.objective = objective;
        this.noise = noise;
    }

    int evaluations() {
        return evaluations;
    }

    Point evaluate(double[] x) {
        evaluations++;
        var gradient = new double[x.length];
        return new Point(x, gradient, objective.valueAndGradient(x, gradient));
    }

    /** A point along {@code direction} that satisfies the conditions; else the lowest seen; else null. */
    @Nullable
    Point search(Point start, double[] direction, double firstStep) {
        start.step = 0;
        start.slope = Lbfgs.dot(start.gradient, direction);
        var low = start;
        double step = firstStep;
        for (int trial = 1; trial <= MOST_TRIALS; trial++) {
            var at = evaluate(start, direction, step);
            if (!Double.isFinite(at.value) || !Double.isFinite(at.slope)) {
                step = low.step + (step - low.step) / 10;
                continue;
            }
            if (accepted(start, at)) {
                return at;
            }
            if (tooHigh(start, at) || (trial > 1 && higher(at, low, 0))) {
                return zoom(start, direction, low, at, trial);
            }
            if (at.slope >= 0) {
                return zoom(start, direction, at, low, trial);
            }
            step = extrapolate(low, at);
            low = at;
        }
        return low.value < start.value ? low : null;
    }

    /** Narrows the interval between {@code low}, the lowest point so far, and {@code high} (algorithm 3.6). */
    private @Nullable Point zoom(Point start, double[] direction, Point low, Point high, int trials) {
        for (int trial = trials + 1; trial <= MOST_TRIALS; trial++) {
            var at = evaluate(start, direction, interpolate(low, high));
            if (accepted(start, at)) {
                return at;
            }
            if (tooHigh(start, at) || higher(at, low, 0)) {
                high = at;
            } else {
                if (at.slope * (high.step - low.step) >= 0) {
                    high = low;
                }
                low = at;
            }
            if (Math.abs(high.step - low.step) <= 1e-12 * Math.max(low.step, high.step)) {
                break;
            }
        }
        return low.value < start.value ? low : null;
    }

    private Point evaluate(Point start, double[] direction, double step) {
        var x = start.x.clone();
        Lbfgs.add(x, step, direction);
        var at = evaluate(x);
        at.step = step;
        at.slope = Lbfgs.dot(at.gradient, direction);
        return at;
    }

    private boolean accepted(Point start, Point at) {
        return Math.abs(at.slope) <= -CURVATURE * start.slope && !tooHigh(start, at);
    }

    private boolean tooHigh(Point start, Point at) {
        return higher(at, start, DECREASE * at.step * start.slope);
    }

    /** Whether {@code a} lies above {@code b} + {@code margin} by more than rounding; NaN is above everything. */
    private boolean higher(Point a, Point b, double margin) {
        return !(a.value <= b.value + margin + noise * Math.abs(b.value));
    }

    /** Beyond {@code at}: where the cubic through both points is lowest, two to ten times as far. */
    private static double extrapolate(Point low, Point at) {
        double wide = at.step - low.step;
        double guess = cubicMinimum(low, at);
        double least = at.step + wide;
        double most = at.step + 9 * wide;
        return guess >= least && guess <= most ? guess : guess > most ? most : least;
    }

    /** Between both: where the cubic is lowest, kept a tenth of the interval away from its ends; else the middle. */
    private static double interpolate(Point low, Point high) {
        double from = Math.min(low.step, high.step);
        double to = Math.max(low.step, high.step);
        double guess = Double.isFinite(high.value) ? cubicMinimum(low, high) : Double.NaN;
        double margin = (to - from) / 10;
        if (!(guess >= from && guess <= to)) {
            return (from + to) / 2;
        }
        return Math.max(from + margin, Math.min(to - margin, guess));
    }

    /** The minimiser of the cubic with both points' values and slopes (equation 3.59); NaN where it has none. */
    private static double cubicMinimum(Point a, Point b) {
        double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step);
        double d2 = Math.signum(b.step - a.step) * Math.sqrt(d1 * d1 - a.slope * b.slope);
        return b.step - (b.step - a.step) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2));
    }
}
