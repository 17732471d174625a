package igpt.optim;

import java.util.Arrays;

/**
 * Near the inverse Hessian of {@link SoftmaxObjective}: for each class that of C · Xᵀ diag(curvature) X + I. At first as
 * if every row bent the loss equally in all directions, at weights 0; Böhning (1992) bounds the curvature of any row by
 * ½. Where the way to the minimum turns out to be long, it is made again from the curvature there: of each class's own
 * if there are columns few enough, which takes far fewer iterations where rows are certain or features have long tails.
 */
final class GramPreconditioner implements Lbfgs.Preconditioner {

    /** What making it again may cost, in evaluations of the objective; more rows make it better. */
    private static final int EVALUATIONS = 8;

    private static final int EVALUATIONS_BY_CLASS = 32;

    /** Products that stay in the processor's caches, as a Gram matrix's do, are quicker than an evaluation's. */
    private static final int QUICKER = 4;

    /** So many times shorter than making it again is a way that is gone without: a better one also serves what follows. */
    private static final int NEAR = 3;

    private final SoftmaxObjective objective;
    private final double c;
    private final float[][] sides; // [k][j]
    private final int threads;
    private final boolean byClass;
    private final int rows; // that it is made of again
    private final double cost; // of making it again, in iterations
    private final int patience; // iterations before it is made again
    private Cholesky[] factors; // one for all classes, or one each
    private int next;

    GramPreconditioner(SoftmaxObjective objective, Gram first, double c, int rows, int classes, int threads) {
        this.objective = objective;
        this.c = c;
        this.threads = threads;
        int width = objective.width();
        sides = new float[classes][width];
        int least = Math.max(4096, 8 * width); // eight rows a column
        // A Gram matrix of m rows is m d² products, an evaluation 2 n d K.
        long shared = 2L * QUICKER * EVALUATIONS * rows * classes / width;
        long own = 2L * QUICKER * EVALUATIONS_BY_CLASS * rows / width;
        byClass = classes > 2 && own >= Math.min(rows, least);
        this.rows = (int) Math.min(rows, Math.max(least, byClass ? own : shared));
        cost = (double) this.rows * width / rows / 2 / QUICKER / (byClass ? 1 : classes);
        patience = 8 + (int) Math.min(100, cost);
        next = patience;
        factors = new Cholesky[] {first.factor(c)};
    }

    /** After a while, then after twice, four times … as long, unless the end is near. */
    @Override
    public boolean renewed(double[] at, int iteration, double left) {
        if (iteration < next || NEAR * left <= cost) {
            return false;
        }
        next = 2 * iteration;
        renew(at);
        return true;
    }

    /** Whether so many iterations were too many for one that was near. */
    boolean isPoor(int iterations) {
        return iterations > patience;
    }

    void renew(double[] at) {
        factors = new Cholesky[byClass ? sides.length : 1];
        for (int k = 0; k < factors.length; k++) {
            var gram = byClass ? objective.gram(at, rows, k) : objective.gram(at, rows);
            factors[k] = gram.factor(c);
        }
    }

    /**
     * What is the same in all classes moves no probability: there the Hessian is the identity, and a class's own matrix
     * far from it. So it is taken out before and after.
     */
    @Override
    public void apply(double[] v) {
        int width = sides[0].length;
        var mean = takeMean(v);
        for (int k = 0; k < sides.length; k++) {
            for (int j = 0; j < width; j++) {
                sides[k][j] = (float) v[k * width + j];
            }
        }
        int parts = Math.min(threads, sides.length); // each class is solved for by itself, so parts change no bit
        Parallel.run(threads, parts, part -> {
            int from = part * sides.length / parts;
            int to = (part + 1) * sides.length / parts;
            if (factors.length == 1) {
                factors[0].solve(Arrays.copyOfRange(sides, from, to));
            } else {
                for (int k = from; k < to; k++) {
                    factors[k].solve(new float[][] {sides[k]});
                }
            }
        });
        for (int k = 0; k < sides.length; k++) {
            for (int j = 0; j < width; j++) {
                v[k * width + j] = sides[k][j];
            }
        }
        takeMean(v);
        for (int at = 0; at < v.length; at++) {
            v[at] += mean[at % width];
        }
    }

    /** Subtracts the classes' mean [j], and returns it. */
    private double[] takeMean(double[] v) {
        int width = sides[0].length;
        var mean = new double[width];
        for (int at = 0; at < v.length; at++) {
            mean[at % width] += v[at] / sides.length;
        }
        for (int at = 0; at < v.length; at++) {
            v[at] -= mean[at % width];
        }
        return mean;
    }
}
