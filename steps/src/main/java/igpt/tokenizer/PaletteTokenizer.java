package igpt.tokenizer;

import igpt.palette.ColourTable;
import igpt.palette.Palette;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A token a pixel: the number of the nearest colour of a palette. */
public final class PaletteTokenizer implements Tokenizer {
    private final Palette palette;
    private final float[] values; // [size, 3]
    private final int resolution;
    private @Nullable ColourTable table;

    public PaletteTokenizer(Palette palette, int resolution) {
        this.palette = palette;
        this.resolution = resolution;
        values = palette.values();
    }

    /** @throws igpt.schema.UserException if the file is no palette */
    public static PaletteTokenizer read(Path palette, int resolution) {
        return new PaletteTokenizer(Palette.readNpy(palette), resolution);
    }

    /** That of every palette at a resolution. */
    public static Grid grid(int resolution) {
        return Grid.square(resolution);
    }

    @Override
    public int size() {
        return palette.size();
    }

    @Override
    public Grid grid() {
        return grid(resolution);
    }

    @Override
    public int resolution() {
        return resolution;
    }

    @Override
    public short[] encode(byte[] rgb) {
        short[] tokens = new short[grid().positions()];
        table().quantize(rgb, 0, tokens, 0, tokens.length);
        return tokens;
    }

    /** Of all colours, 32 MB: made when first asked for, since who only decodes needs none. */
    private synchronized ColourTable table() {
        if (table == null) {
            table = new ColourTable(palette);
        }
        return table;
    }

    @Override
    public void decode(int[] tokens, float[] into, int at) {
        for (int position = 0; position < tokens.length; position++) {
            System.arraycopy(values, 3 * tokens[position], into, at + 3 * position, 3);
        }
    }
}
