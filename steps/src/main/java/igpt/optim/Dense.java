package igpt.optim;

/** Small systems of linear equations, in double. */
final class Dense {

    private Dense() {}

    /** Replaces {@code v} by the solution of A x = v, by Cholesky's method; overwrites the symmetric, definite A. */
    static void solve(double[][] a, double[] v) {
        int n = v.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int l = 0; l < j; l++) {
                    sum -= a[i][l] * a[j][l];
                }
                a[i][j] = i > j ? sum / a[j][j] : Math.sqrt(Math.max(sum, Double.MIN_NORMAL));
            }
        }
        for (int i = 0; i < n; i++) {
            for (int l = 0; l < i; l++) {
                v[i] -= a[i][l] * v[l];
            }
            v[i] /= a[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int l = i + 1; l < n; l++) {
                v[i] -= a[l][i] * v[l];
            }
            v[i] /= a[i][i];
        }
    }
}
