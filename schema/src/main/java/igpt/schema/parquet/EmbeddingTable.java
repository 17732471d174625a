package igpt.schema.parquet;

import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Features of new images, a row an image and layer: {@code id int64, file string, label string or null, layer int32,
 * features LIST<FLOAT>}. Stored as those of a {@link FeatureTable} are.
 */
public final class EmbeddingTable {
    private static final int ZSTD_LEVEL = 1;
    private static final String WIDTH = "igpt.features_per_row";
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.INT64)
            .named("id")
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("file")
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("label")
            .required(PrimitiveTypeName.INT32)
            .named("layer")
            .addField(Types.requiredList()
                    .requiredElement(PrimitiveTypeName.FLOAT)
                    .named("features"))
            .named("embeddings");

    private EmbeddingTable() {}

    /**
     * An image.
     *
     * @param label its class by name; null where there is none
     * @param features of each layer
     */
    @SuppressWarnings("ArrayRecordComponent") // written: never compared
    public record Row(long id, String file, @Nullable String label, float[][] features) {}

    /**
     * Writes the rows to a file that is whole or not there. The same rows and footer give the same bytes.
     *
     * @param layers those that every row has features of, in this order
     */
    public static Written write(Path file, Map<String, String> footer, List<Integer> layers, List<Row> rows)
            throws IOException {
        long expected = (long) rows.size() * layers.size();
        var sha256 = new String[1];
        AtomicFiles.write(file, temporary -> {
            fill(temporary, footer, layers, rows);
            int again = read(temporary).size();
            if (again != expected) {
                throw new CorruptFileException(file, "just written and " + again + " rows read");
            }
            sha256[0] = Checksums.sha256(temporary);
        });
        return new Written(expected, sha256[0]);
    }

    private static void fill(Path file, Map<String, String> footer, List<Integer> layers, List<Row> rows)
            throws IOException {
        var properties = TableWriter.properties()
                .withByteStreamSplitEncoding("features.list.element", true)
                .withStatisticsEnabled("layer", true)
                .build();
        int width = rows.isEmpty() ? 1 : rows.get(0).features()[0].length;
        try (var table = new TableWriter(file, SCHEMA, properties, ZSTD_LEVEL, 4L * width)) {
            for (var row : rows) {
                for (int i = 0; i < layers.size(); i++) {
                    table.column(0).write(row.id(), 0, 0);
                    table.column(1).write(Binary.fromString(row.file()), 0, 0);
                    table.writeOptional(2, row.label());
                    table.column(3).write((int) layers.get(i), 0, 0);
                    var features = row.features()[i];
                    for (int f = 0; f < features.length; f++) {
                        table.column(4).write(features[f], f == 0 ? 0 : 1, 1);
                    }
                    table.endRow();
                }
            }
            var all = new TreeMap<>(footer);
            all.put(WIDTH, String.valueOf(width));
            table.finish(all);
        }
    }

    /** One layer's features of an image. */
    @SuppressWarnings("ArrayRecordComponent") // read: never compared
    public record Features(long id, String file, @Nullable String label, int layer, float[] values) {}

    /** @throws CorruptFileException if it is no table of embeddings, or any page's checksum is wrong */
    public static List<Features> read(Path file) throws IOException {
        try (var table = new TableReader(file, SCHEMA)) {
            int width = Integer.parseInt(table.footer().getOrDefault(WIDTH, "1"));
            var rows = new ArrayList<Features>();
            for (var group = table.nextGroup(); group != null; group = table.nextGroup()) {
                int count = group.rows();
                var ids = LongBuffer.allocate(count);
                group.read(
                        "id",
                        Encoding.PLAIN,
                        1,
                        (page, n) -> ids.put(page.asLongBuffer().slice(0, n)));
                var files = PredictionTable.strings(group, "file", 1);
                var labels = PredictionTable.optionalStrings(group, "label");
                var layers = IntBuffer.allocate(count);
                group.read(
                        "layer",
                        Encoding.PLAIN,
                        1,
                        (page, n) -> layers.put(page.asIntBuffer().slice(0, n)));
                var values = new float[count * width];
                var at = new int[1];
                group.read("features", Encoding.BYTE_STREAM_SPLIT, width, (page, n) -> {
                    FeatureTable.join(page, n, values, at[0]);
                    at[0] += n;
                });
                for (int i = 0; i < count; i++) {
                    rows.add(new Features(
                            ids.get(i),
                            files.get(i),
                            labels.get(i),
                            layers.get(i),
                            Arrays.copyOfRange(values, i * width, (i + 1) * width)));
                }
            }
            return rows;
        }
    }
}
