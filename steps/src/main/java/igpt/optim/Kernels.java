package igpt.optim;

/**
 * The inner loops of the linear algebra that TensorFlow does not do. They add scaled rows and are never dot products:
 * the compiler turns such loops into vector instructions, while a floating-point sum along the vector has to stay in
 * order. Measured on OpenJDK 17: four rows at once, each an array of its own, all indexed by the loop variable alone;
 * five to ten times slower with eight rows, or with rows at offsets of one array.
 */
final class Kernels {

    private Kernels() {}

    /** {@code y[j] += c0·x0[j] + c1·x1[j] + c2·x2[j] + c3·x3[j]} for from ≤ j < to. */
    static void add4(
            float[] y,
            float[] x0,
            float[] x1,
            float[] x2,
            float[] x3,
            float c0,
            float c1,
            float c2,
            float c3,
            int from,
            int to) {
        for (int j = from; j < to; j++) {
            y[j] = Math.fma(c3, x3[j], Math.fma(c2, x2[j], Math.fma(c1, x1[j], Math.fma(c0, x0[j], y[j]))));
        }
    }

    /** {@code y[j] += c·x[j]} for from ≤ j < to. */
    static void add(float[] y, float[] x, float c, int from, int to) {
        for (int j = from; j < to; j++) {
            y[j] = Math.fma(c, x[j], y[j]);
        }
    }

    /** {@code y[j] += c0·x0[j] + c1·x1[j] + c2·x2[j] + c3·x3[j]} for j < to, in double. */
    static void add4(
            double[] y,
            double[] x0,
            double[] x1,
            double[] x2,
            double[] x3,
            double c0,
            double c1,
            double c2,
            double c3,
            int to) {
        for (int j = 0; j < to; j++) {
            y[j] = Math.fma(c3, x3[j], Math.fma(c2, x2[j], Math.fma(c1, x1[j], Math.fma(c0, x0[j], y[j]))));
        }
    }
}
