package igpt.optim;

/**
 * Xᵀ diag(curvature) X of centred features and a constant, and Cholesky factors of s times it + I. Float32: it only has
 * to be near.
 *
 * @param sum [width, width], row-major
 * @param constant the constant's place
 * @param scale the matrix is {@code scale · sum}
 */
@SuppressWarnings("ArrayRecordComponent") // read only
record Gram(float[] sum, int width, int constant, double scale, int threads) {

    /** The factor of {@code strength · XᵀX + I}; the identity is raised until float32 can factor the sum. */
    Cholesky factor(double strength) {
        float factor = (float) (strength * scale);
        double largest = 0;
        for (int j = 0; j < width; j++) {
            largest = Math.max(largest, sum[j * width + j]);
        }
        double least = Math.max(1e-7, factor * largest * 1e-7);
        for (double ridge = 1; ridge < Float.MAX_VALUE; ridge = Math.max(4 * ridge, least)) {
            var matrix = new float[width][width]; // the upper triangle
            for (int a = 0; a < width; a++) {
                for (int b = a; b < width; b++) {
                    matrix[a][b] = factor * sum[a * width + b];
                }
                matrix[a][a] += (float) (a == constant ? least : ridge); // the intercept is not penalised
            }
            if (Cholesky.factor(matrix, threads)) {
                return new Cholesky(matrix);
            }
        }
        throw new IllegalArgumentException("The squares of the features, times C, exceed float32: scale them down.");
    }
}
