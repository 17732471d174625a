package igpt.tokenizer;

/** How a picture's tokens stand: row by row, from the top left. */
public record Grid(int rows, int columns) {
    public Grid {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a grid of %d x %d positions".formatted(rows, columns));
        }
    }

    public static Grid square(int side) {
        return new Grid(side, side);
    }

    /** Tokens of a picture. */
    public int positions() {
        return rows * columns;
    }
}
