package igpt.palette;

/**
 * The 2²⁴ colours of 8-bit RGB in the order in which the arrays here hold them: by boxes of 4 × 4 × 4, so that colours
 * that look alike stand together in memory.
 */
final class ColourCube {

    static final int COLOURS = 1 << 24;
    /** Edge of a box. */
    static final int EDGE = 4;
    /** Colours of a box. */
    static final int BOX = EDGE * EDGE * EDGE;
    /** Boxes along one edge of the cube. */
    static final int BOXES = 256 / EDGE;

    private static final int[] RED = new int[256];
    private static final int[] GREEN = new int[256];
    private static final int[] BLUE = new int[256];

    static {
        for (int v = 0; v < 256; v++) {
            RED[v] = (v >> 2) << 18 | (v & 3) << 4;
            GREEN[v] = (v >> 2) << 12 | (v & 3) << 2;
            BLUE[v] = (v >> 2) << 6 | (v & 3);
        }
    }

    private ColourCube() {}

    static int index(int red, int green, int blue) {
        return RED[red] | GREEN[green] | BLUE[blue];
    }

    static int red(int index) {
        return (index >> 18) << 2 | (index >> 4 & 3);
    }

    static int green(int index) {
        return (index >> 12 & 63) << 2 | (index >> 2 & 3);
    }

    static int blue(int index) {
        return (index >> 6 & 63) << 2 | (index & 3);
    }

    static int squaredLength(int index) {
        int r = red(index);
        int g = green(index);
        int b = blue(index);
        return r * r + g * g + b * b;
    }
}
