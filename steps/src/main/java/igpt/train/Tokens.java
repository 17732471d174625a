package igpt.train;

import igpt.model.Sequences;
import igpt.tokenizer.Grid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Token sequences in a flat file, [rows, positions] little-endian uint16, mapped into memory: read from the page cache. */
public final class Tokens {
    /** A mapping holds at most 2 GiB; whole rows each. */
    private static final long WINDOW = 1L << 30;

    private final long rows;
    private final Grid grid;
    private final int positions;
    private final long rowsByWindow;
    private final List<ByteBuffer> windows = new ArrayList<>();

    private Tokens(long rows, Grid grid) {
        this.rows = rows;
        this.grid = grid;
        this.positions = grid.positions();
        this.rowsByWindow = Math.max(1, WINDOW / (positions * 2L));
    }

    /**
     * Maps the file read-only.
     *
     * @param grid of a row's positions
     */
    public static Tokens map(Path file, Grid grid) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long row = grid.positions() * 2L;
            if (channel.size() % row != 0) {
                throw new IOException(file + " holds " + channel.size() + " bytes, no multiple of a row's " + row);
            }
            var tokens = new Tokens(channel.size() / row, grid);
            for (long from = 0; from < tokens.rows; from += tokens.rowsByWindow) {
                long count = Math.min(tokens.rowsByWindow, tokens.rows - from);
                ByteBuffer window = channel.map(FileChannel.MapMode.READ_ONLY, from * row, count * row);
                tokens.windows.add(window.order(ByteOrder.LITTLE_ENDIAN));
            }
            return tokens;
        }
    }

    public long rows() {
        return rows;
    }

    /** How the tokens of a row stand in their picture. */
    public Grid grid() {
        return grid;
    }

    public int positions() {
        return positions;
    }

    /** Copies a row's tokens to {@code into[at]} and on. */
    public void copy(long row, int[] into, int at) {
        var window = windows.get(Math.toIntExact(row / rowsByWindow));
        int from = Math.toIntExact(row % rowsByWindow * positions * 2);
        for (int i = 0; i < positions; i++) {
            into[at + i] = Short.toUnsignedInt(window.getShort(from + 2 * i));
        }
    }

    /**
     * {@code b} rows from {@code first}, as a network takes them; past {@code to} the last row is repeated.
     *
     * @param masks what BERT does not see of them
     * @param draw which of its masks
     */
    public Sequences sequences(long first, long to, int b, Masks masks, int draw) {
        int[] tokens = new int[b * positions];
        float[] seen = new float[b * positions];
        for (int i = 0; i < b; i++) {
            long row = Math.min(first + i, to - 1);
            copy(row, tokens, i * positions);
            masks.ofImage(row, draw, seen, i * positions, positions);
        }
        return new Sequences(tokens, seen);
    }
}
