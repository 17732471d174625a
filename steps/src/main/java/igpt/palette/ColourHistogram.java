package igpt.palette;

import java.util.Arrays;

/**
 * How often each of the 2²⁴ colours occurs, up to 2³² − 1 pixels of each; 64 MB. Not for several threads at once: give
 * each its own and add them up, which gives the same in any order.
 */
public final class ColourHistogram {

    private final int[] counts = new int[ColourCube.COLOURS]; // unsigned
    private long pixels;

    /** Counts {@code pixels} interleaved RGB pixels, 3 bytes each, from the byte {@code from} on. */
    public void add(byte[] rgb, int from, int pixels) {
        for (int i = from, end = from + 3 * pixels; i < end; i += 3) {
            counts[ColourCube.index(rgb[i] & 255, rgb[i + 1] & 255, rgb[i + 2] & 255)]++;
        }
        this.pixels += pixels;
    }

    public void add(ColourHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        pixels += other.pixels;
    }

    public long pixels() {
        return pixels;
    }

    /** How many different colours occur. */
    public int distinct() {
        return (int) Arrays.stream(counts).parallel().filter(c -> c != 0).count();
    }

    /** Pixels of the colour at this place of the {@link ColourCube}. */
    long count(int index) {
        return Integer.toUnsignedLong(counts[index]);
    }
}
