package igpt.image;

/** What is drawn, as the set of points (u, v) it covers; u to the right, v down, both -1 to 1 across the figure. */
enum Figure {
    DISC {
        @Override
        boolean covers(double u, double v) {
            return u * u + v * v < 1;
        }
    },
    RING {
        @Override
        boolean covers(double u, double v) {
            double distance = u * u + v * v;
            return distance < 1 && distance > 0.4;
        }
    },
    SQUARE {
        @Override
        boolean covers(double u, double v) {
            return within(u, v);
        }
    },
    FRAME {
        @Override
        boolean covers(double u, double v) {
            return within(u, v) && Math.max(Math.abs(u), Math.abs(v)) > 0.62;
        }
    },
    TRIANGLE {
        @Override
        boolean covers(double u, double v) {
            return v < 1 && Math.abs(u) < (v + 1) / 2;
        }
    },
    CROSS {
        @Override
        boolean covers(double u, double v) {
            return within(u, v) && Math.min(Math.abs(u), Math.abs(v)) < 0.3;
        }
    },
    HORIZONTAL_BARS {
        @Override
        boolean covers(double u, double v) {
            return within(u, v) && isInk(v);
        }
    },
    VERTICAL_BARS {
        @Override
        boolean covers(double u, double v) {
            return within(u, v) && isInk(u);
        }
    },
    DIAGONAL_BARS {
        @Override
        boolean covers(double u, double v) {
            return within(u, v) && isInk(u + v);
        }
    },
    CHECKERBOARD {
        @Override
        boolean covers(double u, double v) {
            return within(u, v) && isInk(u) == isInk(v);
        }
    };

    private static final double BARS = 2.5; // a unit: five across the figure, the outer ones inked

    abstract boolean covers(double u, double v);

    private static boolean within(double u, double v) {
        return Math.abs(u) < 1 && Math.abs(v) < 1;
    }

    private static boolean isInk(double u) {
        return ((long) Math.floor((u + 1) * BARS) & 1) == 0;
    }
}
