package igpt.image;

import java.util.Arrays;

/**
 * The centre square of an image, each output pixel the average of the area it covers. In one pass from any size: the
 * paper's shorter side to 224, centre crop and scaling down, without its interpolation in between. Whole numbers
 * throughout, rounded once at the end, so the result is exact.
 */
final class AreaAverage {
    // s side of the square in source pixels, r in output pixels. In units of 1/r source pixel a source pixel is r long,
    // an output pixel s long, and the side s r: so all weights are whole numbers.
    private final int r;
    private int[] column = new int[0]; // (s, 3): an output row before it is narrowed

    /** @param r side of the output in pixels */
    AreaAverage(int r) {
        this.r = r;
    }

    int resolution() {
        return r;
    }

    /**
     * @param rgb height × width × 3
     * @param out r × r × 3
     */
    void centreSquare(byte[] rgb, int width, int height, byte[] out) {
        int s = Math.min(width, height);
        int left = (width - s) / 2;
        int top = (height - s) / 2;
        if (s == r) {
            for (int y = 0; y < r; y++) {
                System.arraycopy(rgb, 3 * ((top + y) * width + left), out, 3 * r * y, 3 * r);
            }
            return;
        }
        if (column.length < 3 * s) {
            column = new int[3 * s];
        }
        for (int row = 0; row < r; row++) {
            Arrays.fill(column, 0, 3 * s, 0);
            int from = row * s;
            int to = from + s;
            for (int y = from / r; y * r < to; y++) {
                int weight = Math.min(to, (y + 1) * r) - Math.max(from, y * r);
                addRow(rgb, 3 * ((top + y) * width + left), 3 * s, weight, column);
            }
            narrow(s, out, 3 * r * row);
        }
    }

    private static void addRow(byte[] rgb, int from, int length, int weight, int[] sums) {
        for (int i = 0; i < length; i++) {
            sums[i] += weight * (rgb[from + i] & 0xff);
        }
    }

    private void narrow(int s, byte[] out, int at) {
        long area = (long) s * s;
        for (int i = 0; i < r; i++) {
            long red = 0;
            long green = 0;
            long blue = 0;
            int from = i * s;
            int to = from + s;
            for (int x = from / r; x * r < to; x++) {
                long weight = Math.min(to, (x + 1) * r) - Math.max(from, x * r);
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
