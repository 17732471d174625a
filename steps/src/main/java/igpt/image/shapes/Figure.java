package igpt.image.shapes;

/** An outline, as the set of points (u, v) within; u to the right, v down, both -1 to 1 across the figure. */
enum Figure {
    DISC {
        @Override
        boolean covers(double u, double v) {
            return u * u + v * v < 1;
        }
    },
    SQUARE {
        @Override
        boolean covers(double u, double v) {
            return Math.max(Math.abs(u), Math.abs(v)) < 1;
        }
    },
    DIAMOND {
        @Override
        boolean covers(double u, double v) {
            return Math.abs(u) + Math.abs(v) < 1.3;
        }
    };

    abstract boolean covers(double u, double v);
}
