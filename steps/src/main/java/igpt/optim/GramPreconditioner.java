package igpt.optim;

import java.util.Arrays;

/**
 * Near the inverse Hessian of {@link SoftmaxObjective}: for each class that of C · Xᵀ diag(curvature) X + I, as if
 * every row bent the loss equally in all directions. Böhning (1992) bounds the curvature of any row by ½.
 */
final class GramPreconditioner implements Lbfgs.Preconditioner {

    private final float[][] sides; // [k][j]
    private final Cholesky factor;
    private final int threads;

    GramPreconditioner(Cholesky factor, int width, int classes, int threads) {
        this.factor = factor;
        this.threads = threads;
        sides = new float[classes][width];
    }

    @Override
    public void apply(double[] v) {
        int width = sides[0].length;
        for (int k = 0; k < sides.length; k++) {
            for (int j = 0; j < width; j++) {
                sides[k][j] = (float) v[k * width + j];
            }
        }
        int parts = Math.min(threads, sides.length); // each class is solved for by itself, so parts change no bit
        Parallel.run(threads, parts, part -> {
            int from = part * sides.length / parts;
            int to = (part + 1) * sides.length / parts;
            factor.solve(Arrays.copyOfRange(sides, from, to));
        });
        for (int k = 0; k < sides.length; k++) {
            for (int j = 0; j < width; j++) {
                v[k * width + j] = sides[k][j];
            }
        }
    }
}
