package igpt.image.decode;

import java.util.Arrays;

/**
 * A square of an image scaled to r × r pixels, each the average of the area it covers. In one pass from any size to any:
 * the paper's resizing, crop and scaling down, without its interpolation in between. Whole numbers throughout, rounded
 * once at the end, so the result is exact.
 */
public final class AreaAverage {
    private final int r; // side of the output in pixels
    private int[] column = new int[0]; // (columns touched, 3): an output row before it is narrowed

    /** @param r side of the output in pixels */
    public AreaAverage(int r) {
        this.r = r;
    }

    public int resolution() {
        return r;
    }

    /**
     * @param rgb height × width × 3
     * @param out r × r × 3
     */
    public void centreSquare(byte[] rgb, int width, int height, byte[] out) {
        average(rgb, width, Crop.CENTRE.window(width, height), out);
    }

    /**
     * @param rgb any height × width × 3
     * @param square wholly inside
     * @param out r × r × 3
     */
    public void average(byte[] rgb, int width, Window square, byte[] out) {
        if (square.unit() == 1 && square.side() == r) {
            for (int y = 0; y < r; y++) {
                int from = 3 * ((square.firstY() + y) * width + square.firstX());
                System.arraycopy(rgb, from, out, 3 * r * y, 3 * r);
            }
            return;
        }
        int columns = square.endX() - square.firstX();
        if (column.length < 3 * columns) {
            column = new int[3 * columns];
        }
        // Lengths from here on in units of which a source pixel has p, an output pixel q: all weights are whole
        // numbers.
        long p = (long) square.unit() * r;
        long q = square.side();
        for (int row = 0; row < r; row++) {
            Arrays.fill(column, 0, 3 * columns, 0);
            long from = square.top() * r + row * q;
            long to = from + q;
            for (int y = (int) (from / p); y * p < to; y++) {
                int weight = (int) (Math.min(to, (y + 1) * p) - Math.max(from, y * p));
                addRow(rgb, 3 * (y * width + square.firstX()), 3 * columns, weight, column);
            }
            narrow(square.left() * r - square.firstX() * p, p, q, out, 3 * r * row);
        }
    }

    private static void addRow(byte[] rgb, int from, int length, int weight, int[] sums) {
        for (int i = 0; i < length; i++) {
            sums[i] += weight * (rgb[from + i] & 0xff);
        }
    }

    private void narrow(long left, long p, long q, byte[] out, int at) {
        long area = q * q;
        for (int i = 0; i < r; i++) {
            long red = 0;
            long green = 0;
            long blue = 0;
            long from = left + i * q;
            long to = from + q;
            for (int x = (int) (from / p); x * p < to; x++) {
                long weight = Math.min(to, (x + 1) * p) - Math.max(from, x * p);
                red += weight * column[3 * x];
                green += weight * column[3 * x + 1];
                blue += weight * column[3 * x + 2];
            }
            out[at + 3 * i] = (byte) ((2 * red + area) / (2 * area));
            out[at + 3 * i + 1] = (byte) ((2 * green + area) / (2 * area));
            out[at + 3 * i + 2] = (byte) ((2 * blue + area) / (2 * area));
        }
    }
}
