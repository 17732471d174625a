package igpt.optim;

import igpt.optim.SoftmaxRegression.Fit;

/**
 * Features moved to mean 0 and scaled to standard deviation 1, so that one L2 strength means the same for all of them: the
 * directions that tell classes apart are often those of little variance. The classifier stays linear, and
 * {@link #unfold} gives it for the features as they were.
 *
 * @param mean of each feature
 * @param scale 1 / standard deviation; 1 where a feature is constant
 */
public record Standardization(double[] mean, double[] scale) {

    /** Of {@code rows} rows of {@code x} [rows, width]. */
    public static Standardization of(float[] x, int rows, int width) {
        double[] mean = new double[width];
        double[] scale = new double[width];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i++) {
                mean[i] += x[row * width + i];
            }
        }
        for (int i = 0; i < width; i++) {
            mean[i] /= rows;
        }
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i++) {
                double distance = x[row * width + i] - mean[i];
                scale[i] += distance * distance;
            }
        }
        for (int i = 0; i < width; i++) {
            double deviation = Math.sqrt(scale[i] / rows);
            scale[i] = deviation > 1e-9 * (1 + Math.abs(mean[i])) ? 1 / deviation : 1;
        }
        return new Standardization(mean, scale);
    }

    /** Standardizes {@code x} [rows, width] where it is. */
    public void apply(float[] x) {
        int width = mean.length;
        for (int row = 0; row < x.length; row += width) {
            for (int i = 0; i < width; i++) {
                x[row + i] = (float) ((x[row + i] - mean[i]) * scale[i]);
            }
        }
    }

    /** The same classifier, for features that are not standardized. */
    public Fit unfold(Fit fit) {
        int width = mean.length;
        double[] weights = fit.weights().clone();
        double[] intercept = fit.intercept().clone();
        for (int at = 0; at < weights.length; at++) {
            weights[at] *= scale[at % width];
            intercept[at / width] -= weights[at] * mean[at % width];
        }
        return new Fit(weights, intercept, fit.objective(), fit.iterations(), fit.converged(), fit.gap(), fit.reason());
    }
}
