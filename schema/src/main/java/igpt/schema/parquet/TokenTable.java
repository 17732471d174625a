package igpt.schema.parquet;

import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * A part of a dataset: an image a row, as {@code id int64, split string, label int32, source string, tokens
 * LIST<INT_16>}, every row with the same number of tokens. DuckDB, Arrow and Spark read it as it is.
 */
public final class TokenTable implements Closeable {
    private static final int ZSTD_LEVEL = 3;
    private static final String WIDTH = "igpt.tokens_per_row";
    private static final String ROWS = "igpt.rows";
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.INT64)
            .named("id")
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("split")
            .required(PrimitiveTypeName.INT32)
            .named("label")
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("source")
            .addField(Types.requiredList()
                    .element(Types.required(PrimitiveTypeName.INT32)
                            .as(LogicalTypeAnnotation.intType(16, true))
                            .named("element"))
                    .named("tokens"))
            .named("tokens_by_image");

    private final Path path;
    private final Map<String, String> footer;
    private final long rows;
    private final int width;

    /** Takes a row. The array is reused for the next one. */
    @FunctionalInterface
    public interface RowSink {
        void accept(long id, int label, String source, short[] tokens);
    }

    private TokenTable(Path path) throws IOException {
        this.path = path;
        try (var table = new TableReader(path, SCHEMA)) {
            footer = Map.copyOf(table.footer());
            rows = table.rows();
            width = number(WIDTH);
            if (rows != number(ROWS)) {
                throw new CorruptFileException(path, rows + " rows, " + footer.get(ROWS) + " were written");
            }
        }
    }

    /**
     * Writes the rows to a file that is whole or not there. The same rows and footer give the same bytes.
     *
     * @param footer key-values for readers, in addition to {@code igpt.rows} and {@code igpt.tokens_per_row}
     * @throws IllegalStateException if there are more or fewer rows than expected; nothing is left then
     */
    public static Written write(
            Path file, String split, Map<String, String> footer, Iterator<TokenRow> rows, long expectedRows)
            throws IOException {
        var sha256 = new String[1];
        AtomicFiles.write(file, temporary -> {
            long written = fill(temporary, split, footer, rows);
            if (written != expectedRows) {
                throw new IllegalStateException(written + " rows for " + file + ", " + expectedRows + " expected");
            }
            try (var again = open(temporary)) {
                if (again.rows() != expectedRows) {
                    throw new CorruptFileException(file, "just written and " + again.rows() + " rows read");
                }
            }
            sha256[0] = Checksums.sha256(temporary);
        });
        return new Written(expectedRows, sha256[0]);
    }

    private static long fill(Path file, String split, Map<String, String> footer, Iterator<TokenRow> rows)
            throws IOException {
        var properties = TableWriter.properties()
                .withStatisticsEnabled("id", true)
                .withStatisticsEnabled("label", true)
                .build();
        var splitName = Binary.fromString(split);
        long count = 0;
        int width = 0;
        var first = rows.hasNext() ? rows.next() : null;
        if (first != null) {
            width = first.tokens().length;
        }
        try (var table = new TableWriter(file, SCHEMA, properties, ZSTD_LEVEL, 4L * width)) {
            for (var row = first; row != null; row = rows.hasNext() ? rows.next() : null) {
                var tokens = row.tokens();
                if (tokens.length != width || width == 0) {
                    throw new IllegalArgumentException(
                            row.source() + " has " + tokens.length + " tokens, the first row " + width);
                }
                table.column(0).write(row.id(), 0, 0);
                table.column(1).write(splitName, 0, 0);
                table.column(2).write(row.label(), 0, 0);
                table.column(3).write(Binary.fromString(row.source()), 0, 0);
                var column = table.column(4);
                for (int t = 0; t < width; t++) {
                    column.write((int) tokens[t], t == 0 ? 0 : 1, 1);
                }
                table.endRow();
                count++;
            }
            var all = new TreeMap<>(footer);
            all.put(ROWS, Long.toString(count));
            all.put(WIDTH, Integer.toString(width));
            table.finish(all);
        }
        return count;
    }

    /** @throws CorruptFileException if it is no table of tokens, or its footer is damaged */
    public static TokenTable open(Path file) throws IOException {
        return new TokenTable(file);
    }

    public long rows() {
        return rows;
    }

    /** 0 where there are no rows. */
    public int tokensPerRow() {
        return width;
    }

    public Map<String, String> footer() {
        return footer;
    }

    /** Every row in the order of the file. */
    public void forEach(RowSink sink) throws IOException {
        try (var table = new TableReader(path, SCHEMA)) {
            var row = new short[width];
            for (var group = table.nextGroup(); group != null; group = table.nextGroup()) {
                int n = group.rows();
                var ids = new long[n];
                var labels = new int[n];
                var sources = new String[n];
                var tokens = ShortBuffer.allocate(Math.multiplyExact(n, width));
                readLongs(group, ids);
                readInts(group, IntBuffer.wrap(labels));
                readStrings(group, sources);
                readTokens(group, width, tokens);
                tokens.flip();
                for (int i = 0; i < n; i++) {
                    tokens.get(row);
                    sink.accept(ids[i], labels[i], sources[i], row);
                }
            }
        }
    }

    private static void readTokens(TableReader.Group group, int width, ShortBuffer into) {
        var narrow = new short[width];
        var wide = new int[width];
        group.read("tokens", Encoding.PLAIN, width, (values, count) -> {
            var ints = values.asIntBuffer();
            for (int i = 0; i < count; i += width) {
                ints.get(wide);
                for (int t = 0; t < wide.length; t++) {
                    narrow[t] = (short) wide[t];
                }
                into.put(narrow);
            }
        });
    }

    private static void readInts(TableReader.Group group, IntBuffer into) {
        group.read(
                "label",
                Encoding.PLAIN,
                1,
                (values, count) -> into.put(values.asIntBuffer().slice(0, count)));
    }

    private static void readLongs(TableReader.Group group, long[] into) {
        var at = new int[1];
        group.read("id", Encoding.PLAIN, 1, (values, count) -> {
            values.asLongBuffer().get(into, at[0], count);
            at[0] += count;
        });
    }

    private static void readStrings(TableReader.Group group, String[] into) {
        var at = new int[1];
        group.read("source", Encoding.PLAIN, 1, (values, count) -> {
            for (int i = 0; i < count; i++) {
                var utf8 = new byte[values.getInt()];
                values.get(utf8);
                into[at[0]++] = new String(utf8, StandardCharsets.UTF_8);
            }
        });
    }

    private int number(String key) {
        try {
            return Integer.parseInt(footer.getOrDefault(key, ""));
        } catch (NumberFormatException e) {
            throw new CorruptFileException(path, "no " + key + " in its footer", e);
        }
    }

    /** Nothing is held open between calls. */
    @Override
    public void close() {}
}
