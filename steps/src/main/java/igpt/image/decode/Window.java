package igpt.image.decode;

/**
 * A square of an image, whose edges may lie within pixels. Lengths are whole numbers of 1/{@code unit} source pixel, so
 * that no rounding enters.
 */
public record Window(int unit, long left, long top, long side) {

    /** The first column of pixels that it touches. */
    int firstX() {
        return (int) (left / unit);
    }

    int firstY() {
        return (int) (top / unit);
    }

    /** One past the last column of pixels that it touches. */
    int endX() {
        return (int) ((left + side + unit - 1) / unit);
    }

    int endY() {
        return (int) ((top + side + unit - 1) / unit);
    }

    /** The same square in the image shrunk so often, of whose pixels each is so many wide and high. */
    Window shrunk(int times) {
        return new Window(unit * times, left, top, side);
    }

    /** The same square in an image that lacks the columns and rows before those it touches. */
    Window cutOut() {
        return new Window(unit, left % unit, top % unit, side);
    }
}
