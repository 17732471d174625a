package igpt.schema.parquet;

import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * Features of one layer: {@code id int64, label int32, features LIST<FLOAT>}. The floats' bytes are stored apart, first
 * bytes together and so on (BYTE_STREAM_SPLIT): exponents compress, mantissas hardly do.
 */
public final class FeatureTable {
    private static final int ZSTD_LEVEL = 1;
    private static final String WIDTH = "igpt.features_per_row";
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.INT64)
            .named("id")
            .required(PrimitiveTypeName.INT32)
            .named("label")
            .addField(Types.requiredList()
                    .requiredElement(PrimitiveTypeName.FLOAT)
                    .named("features"))
            .named("features_by_image");

    private FeatureTable() {}

    /**
     * Writes n rows to a file that is whole or not there. The same values and footer give the same bytes.
     *
     * @param values n × width, a row an image; bits are kept exactly
     */
    public static Written write(
            Path file, Map<String, String> footer, long[] ids, int[] labels, float[] values, int width)
            throws IOException {
        int rows = ids.length;
        if (width < 1 || labels.length != rows || values.length != (long) rows * width) {
            throw new IllegalArgumentException(
                    rows + " ids, " + labels.length + " labels, " + values.length + " values of width " + width);
        }
        var sha256 = new String[1];
        AtomicFiles.write(file, temporary -> {
            fill(temporary, footer, ids, labels, values, width);
            try (var again = new TableReader(temporary, SCHEMA)) {
                if (again.rows() != rows) {
                    throw new CorruptFileException(file, "just written and " + again.rows() + " rows read");
                }
            }
            sha256[0] = Checksums.sha256(temporary);
        });
        return new Written(rows, sha256[0]);
    }

    private static void fill(Path file, Map<String, String> footer, long[] ids, int[] labels, float[] values, int width)
            throws IOException {
        var properties = TableWriter.properties()
                .withByteStreamSplitEncoding("features.list.element", true)
                .build();
        try (var table = new TableWriter(file, SCHEMA, properties, ZSTD_LEVEL, 4L * width)) {
            for (int i = 0; i < ids.length; i++) {
                table.column(0).write(ids[i], 0, 0);
                table.column(1).write(labels[i], 0, 0);
                var column = table.column(2);
                for (int f = 0; f < width; f++) {
                    column.write(values[i * width + f], f == 0 ? 0 : 1, 1);
                }
                table.endRow();
            }
            var all = new TreeMap<>(footer);
            all.put(WIDTH, Integer.toString(width));
            table.finish(all);
        }
    }

    /** @throws CorruptFileException if it is no table of features, or any page's checksum is wrong */
    public static Features read(Path file) throws IOException {
        try (var table = new TableReader(file, SCHEMA)) {
            int rows = Math.toIntExact(table.rows());
            int width = width(file, table);
            var ids = LongBuffer.allocate(rows);
            var labels = IntBuffer.allocate(rows);
            var values = new float[Math.multiplyExact(rows, width)];
            var at = new int[1];
            for (var group = table.nextGroup(); group != null; group = table.nextGroup()) {
                group.read(
                        "id",
                        Encoding.PLAIN,
                        1,
                        (page, count) -> ids.put(page.asLongBuffer().slice(0, count)));
                group.read(
                        "label",
                        Encoding.PLAIN,
                        1,
                        (page, count) -> labels.put(page.asIntBuffer().slice(0, count)));
                group.read("features", Encoding.BYTE_STREAM_SPLIT, width, (page, count) -> {
                    join(page, count, values, at[0]);
                    at[0] += count;
                });
            }
            return new Features(ids.array(), labels.array(), values, width);
        }
    }

    static void join(ByteBuffer streams, int count, float[] into, int from) {
        var bytes = new byte[4 * count];
        streams.get(bytes);
        for (int i = 0; i < count; i++) {
            int bits = (bytes[i] & 0xff)
                    | (bytes[count + i] & 0xff) << 8
                    | (bytes[2 * count + i] & 0xff) << 16
                    | bytes[3 * count + i] << 24;
            into[from + i] = Float.intBitsToFloat(bits);
        }
    }

    private static int width(Path file, TableReader table) {
        try {
            return Integer.parseInt(table.footer().getOrDefault(WIDTH, ""));
        } catch (NumberFormatException e) {
            throw new CorruptFileException(file, "no " + WIDTH + " in its footer", e);
        }
    }
}
