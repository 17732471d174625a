package igpt.palette;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The nearest palette colour of each of the 2²⁴ colours, 32 MB. Exact: squared distance to the palette's own values,
 * unrounded, and the lowest number where two are equally near. Filled by halving boxes of colours and the palette
 * colours that come into question there.
 */
public final class ColourTable {

    private static final int START = 32; // edge of the boxes that are filled in parallel
    private static final int STARTS = 256 / START;

    private final short[] nearest = new short[ColourCube.COLOURS];

    public ColourTable(Palette palette) {
        this(palette.centres());
    }

    ColourTable(Centres centres) {
        var all = centres.all();
        IntStream.range(0, STARTS * STARTS * STARTS).parallel().forEach(box -> {
            int r = box / (STARTS * STARTS) * START;
            int g = box / STARTS % STARTS * START;
            int b = box % STARTS * START;
            var kept = new int[centres.size()];
            int count = centres.prune(all, all.length, kept, r, g, b, START);
            fill(centres, Arrays.copyOf(kept, count), r, g, b, START);
        });
    }

    private void fill(Centres centres, int[] candidates, int r, int g, int b, int edge) {
        if (edge == ColourCube.EDGE) {
            fillBox(centres, candidates, r, g, b);
            return;
        }
        int half = edge / 2;
        for (int corner = 0; corner < 8; corner++) {
            int cr = r + (corner >> 2) * half;
            int cg = g + (corner >> 1 & 1) * half;
            int cb = b + (corner & 1) * half;
            var kept = new int[candidates.length];
            int count = centres.prune(candidates, candidates.length, kept, cr, cg, cb, half);
            fill(centres, Arrays.copyOf(kept, count), cr, cg, cb, half);
        }
    }

    private void fillBox(Centres centres, int[] candidates, int r, int g, int b) {
        int from = ColourCube.index(r, g, b);
        if (candidates.length == 1) {
            Arrays.fill(nearest, from, from + ColourCube.BOX, (short) candidates[0]);
            return;
        }
        for (int i = from; i < from + ColourCube.BOX; i++) {
            nearest[i] = (short) centres.nearest(
                    candidates, candidates.length, ColourCube.red(i), ColourCube.green(i), ColourCube.blue(i));
        }
    }

    /**
     * Writes the number of the nearest palette colour of each pixel.
     *
     * @param rgb interleaved RGB, 3 bytes a pixel, from the byte {@code from} on
     * @param tokens filled from {@code to} on, one a pixel
     */
    public void quantize(byte[] rgb, int from, short[] tokens, int to, int pixels) {
        for (int i = 0, at = from; i < pixels; i++, at += 3) {
            tokens[to + i] = nearest[ColourCube.index(rgb[at] & 255, rgb[at + 1] & 255, rgb[at + 2] & 255)];
        }
    }

    /** The number of the palette colour nearest to this one, 0 to 255 a channel. */
    public int nearest(int red, int green, int blue) {
        return nearest[ColourCube.index(red, green, blue)];
    }
}
