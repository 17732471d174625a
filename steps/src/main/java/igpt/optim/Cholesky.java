package igpt.optim;

/** A = UᵀU in float32: the upper triangle holds U, the lower one Uᵀ, so that both solves run along rows. */
final class Cholesky {

    private static final int BLOCK = 64;
    private static final int PANEL = 512;

    private final float[][] factor;

    Cholesky(float[][] factor) {
        this.factor = factor;
    }

    /** Overwrites the upper triangle of {@code a} by U and the lower by Uᵀ; false where {@code a} is not definite. */
    static boolean factor(float[][] a, int threads) {
        int n = a.length;
        for (int start = 0; start < n; start += BLOCK) {
            int from = start;
            int end = Math.min(n, start + BLOCK);
            int panels = (n - start + PANEL - 1) / PANEL;
            Parallel.run(threads, panels, panel -> {
                int left = from + panel * PANEL;
                subtractAbove(a, from, end, left, Math.min(n, left + PANEL));
            });
            for (int row = start; row < end; row++) {
                for (int above = start; above < row; above++) {
                    Kernels.add(a[row], a[above], -a[above][row], row, n);
                }
                float square = a[row][row];
                if (!(square > 0) || square == Float.POSITIVE_INFINITY) {
                    return false;
                }
                float inverse = (float) (1 / Math.sqrt(square));
                for (int j = row; j < n; j++) {
                    a[row][j] *= inverse;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                a[j][i] = a[i][j];
            }
        }
        return true;
    }

    /** Rows from … end − 1 lose the finished rows above them, in the columns left … right − 1. */
    private static void subtractAbove(float[][] a, int from, int end, int left, int right) {
        for (int i = 0; i < from; i += 4) {
            for (int row = from; row < end; row++) {
                Kernels.add4(
                        a[row],
                        a[i],
                        a[i + 1],
                        a[i + 2],
                        a[i + 3],
                        -a[i][row],
                        -a[i + 1][row],
                        -a[i + 2][row],
                        -a[i + 3][row],
                        left,
                        right);
            }
        }
    }

    /** Replaces each of the right-hand sides [k][n] by the solution of A x = v. */
    void solve(float[][] v) {
        int n = factor.length;
        for (int i = 0; i < n; i++) { // Uᵀ y = v
            for (var side : v) {
                side[i] /= factor[i][i];
                Kernels.add(side, factor[i], -side[i], i + 1, n);
            }
        }
        for (int i = n - 1; i >= 0; i--) { // U x = y
            for (var side : v) {
                side[i] /= factor[i][i];
                Kernels.add(side, factor[i], -side[i], 0, i);
            }
        }
    }
}
