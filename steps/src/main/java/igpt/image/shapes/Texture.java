package igpt.image.shapes;

/** What fills a figure, as the set of cells (column, row) that are inked; a cell is a {@value #CELLS}th of the image. */
enum Texture {
    PLAIN {
        @Override
        boolean inks(int column, int row) {
            return true;
        }
    },
    ROWS {
        @Override
        boolean inks(int column, int row) {
            return even(row);
        }
    },
    COLUMNS {
        @Override
        boolean inks(int column, int row) {
            return even(column);
        }
    },
    BROAD_ROWS {
        @Override
        boolean inks(int column, int row) {
            return even(row / 2);
        }
    },
    BROAD_COLUMNS {
        @Override
        boolean inks(int column, int row) {
            return even(column / 2);
        }
    },
    CHECKS {
        @Override
        boolean inks(int column, int row) {
            return even(column + row);
        }
    },
    BROAD_CHECKS {
        @Override
        boolean inks(int column, int row) {
            return even(column / 2 + row / 2);
        }
    },
    RISING_STRIPES {
        @Override
        boolean inks(int column, int row) {
            return (column + row) % 3 == 0;
        }
    },
    FALLING_STRIPES {
        @Override
        boolean inks(int column, int row) {
            return (column - row + 3 * CELLS) % 3 == 0;
        }
    },
    DOTS {
        @Override
        boolean inks(int column, int row) {
            return even(column) && even(row);
        }
    };

    /** Cells across the image. */
    static final int CELLS = 8;

    abstract boolean inks(int column, int row);

    private static boolean even(int number) {
        return (number & 1) == 0;
    }
}
