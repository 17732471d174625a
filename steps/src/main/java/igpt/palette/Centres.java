package igpt.palette;

/** The k colours of a palette as points of the RGB cube, 0 to 255 a channel, and the search for the nearest. */
final class Centres {

    /** More than the rounding error of a squared distance in the cube (at most 195,075, in double). */
    private static final double ROUNDING = 1e-9;

    final double[] red;
    final double[] green;
    final double[] blue;

    Centres(int size) {
        red = new double[size];
        green = new double[size];
        blue = new double[size];
    }

    int size() {
        return red.length;
    }

    void set(int k, double r, double g, double b) {
        red[k] = r;
        green[k] = g;
        blue[k] = b;
    }

    /** Moves a centre {@code step} times the way to (r, g, b), within the cube. */
    void moveTowards(int k, double r, double g, double b, double step) {
        red[k] = inside(red[k] + step * (r - red[k]));
        green[k] = inside(green[k] + step * (g - green[k]));
        blue[k] = inside(blue[k] + step * (b - blue[k]));
    }

    private static double inside(double value) {
        return Math.max(0, Math.min(255, value));
    }

    double squaredDistance(int k, double r, double g, double b) {
        double dr = red[k] - r;
        double dg = green[k] - g;
        double db = blue[k] - b;
        return dr * dr + dg * dg + db * db;
    }

    /** The nearest among the first {@code n} of {@code candidates}; the first wins ties. */
    int nearest(int[] candidates, int n, double r, double g, double b) {
        int best = candidates[0];
        double least = squaredDistance(best, r, g, b);
        for (int i = 1; i < n; i++) {
            double distance = squaredDistance(candidates[i], r, g, b);
            if (distance < least) {
                least = distance;
                best = candidates[i];
            }
        }
        return best;
    }

    /**
     * Copies to {@code kept}, in order, those of the first {@code n} candidates that are nearest, or tied for it, to
     * any colour of the box of this edge at (r, g, b), and perhaps others. One is left out if at the corner of the box that
     * favours it most it is still farther than the candidate nearest to the middle (Kanungo et al., 2002, "An efficient
     * k-means clustering algorithm").
     *
     * @return how many are kept
     */
    int prune(int[] candidates, int n, int[] kept, int r, int g, int b, int edge) {
        double reach = (edge - 1) / 2.0; // colours are whole numbers
        double mr = r + reach;
        double mg = g + reach;
        double mb = b + reach;
        int centre = nearest(candidates, n, mr, mg, mb);
        int count = 0;
        for (int i = 0; i < n; i++) {
            int k = candidates[i];
            double cr = red[k] > red[centre] ? mr + reach : mr - reach;
            double cg = green[k] > green[centre] ? mg + reach : mg - reach;
            double cb = blue[k] > blue[centre] ? mb + reach : mb - reach;
            if (squaredDistance(k, cr, cg, cb) <= squaredDistance(centre, cr, cg, cb) + ROUNDING) {
                kept[count++] = k;
            }
        }
        return count;
    }

    /** All of them, ascending: where a search begins. */
    int[] all() {
        var all = new int[size()];
        for (int k = 0; k < all.length; k++) {
            all[k] = k;
        }
        return all;
    }
}
