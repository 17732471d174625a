package igpt.schema.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The repetition and definition levels of a page whose lists all have the same length. Parquet stores them as runs and
 * bit-packed groups of eight (format specification, "Run Length Encoding / Bit-Packing Hybrid", bit width 1); ours are
 * known beforehand, so they are checked run by run and never unpacked.
 */
final class Levels {
    private Levels() {}

    /**
     * Steps over one block of levels.
     *
     * @param period 0: all must be 1. Else every period-th, from the first on, must be 0 (a row begins) and the rest 1
     * @throws IOException if they are not so
     */
    static void skip(ByteBuffer page, int count, int period) throws IOException {
        int length = page.getInt();
        int end = page.position() + length;
        if (length < 0 || end > page.limit() || (period > 0 && count % period != 0)) {
            throw new IOException("a page with broken levels");
        }
        int at = 0;
        while (at < count) {
            int header = varint(page);
            if ((header & 1) == 0) { // a run
                int run = Math.min(header >>> 1, count - at);
                boolean one = page.get() == 1;
                if (run == 0 || !isConstant(at, run, one, period)) {
                    throw new IOException("lists of unequal length");
                }
                at += run;
            } else { // groups of eight bits
                int groups = header >>> 1;
                for (int g = 0; g < groups; g++) {
                    int bits = page.get();
                    for (int b = 0; b < 8 && at < count; b++, at++) {
                        if (((bits >>> b) & 1) != (starts(at, period) ? 0 : 1)) {
                            throw new IOException("lists of unequal length");
                        }
                    }
                }
                if (groups == 0) {
                    throw new IOException("a page with broken levels");
                }
            }
        }
        if (page.position() != end) {
            throw new IOException("a page with broken levels");
        }
    }

    /**
     * Reads one block of levels: which rows have a value.
     *
     * @throws IOException if they are broken
     */
    static boolean[] read(ByteBuffer page, int count) throws IOException {
        int length = page.getInt();
        int end = page.position() + length;
        if (length < 0 || end > page.limit()) {
            throw new IOException("a page with broken levels");
        }
        var there = new boolean[count];
        for (int at = 0; at < count; ) {
            int header = varint(page);
            int groups = header >>> 1;
            if (groups == 0) {
                throw new IOException("a page with broken levels");
            }
            if ((header & 1) == 0) { // a run
                int run = Math.min(groups, count - at);
                Arrays.fill(there, at, at + run, page.get() == 1);
                at += run;
            } else { // groups of eight bits
                for (int bit = 0; bit < 8 * groups; bit += 8) {
                    int bits = page.get();
                    for (int b = 0; b < 8 && at < count; b++, at++) {
                        there[at] = (bits >>> b & 1) == 1;
                    }
                }
            }
        }
        if (page.position() != end) {
            throw new IOException("a page with broken levels");
        }
        return there;
    }

    private static boolean starts(int at, int period) {
        return period > 0 && at % period == 0;
    }

    /** Whether positions [at, at + run) all begin a row (one false), or none does (one true). */
    private static boolean isConstant(int at, int run, boolean one, int period) {
        if (period == 0) {
            return one;
        }
        int toNextStart = (period - at % period) % period;
        return one ? toNextStart >= run : toNextStart == 0 && (run == 1 || period == 1);
    }

    private static int varint(ByteBuffer page) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7) {
            int b = page.get();
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IOException("a page with broken levels");
    }
}
