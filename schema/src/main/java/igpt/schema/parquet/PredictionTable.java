package igpt.schema.parquet;

import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * Classes of new images, a row an image: {@code id int64, file string, label string or null, predicted string, probability
 * double, classes LIST<string>, probabilities LIST<double>}. The lists are of the likeliest classes, as many in each row; the
 * predicted one stands first.
 */
public final class PredictionTable {
    private static final int ZSTD_LEVEL = 3;
    private static final String BEST = "igpt.classes_per_row";
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.INT64)
            .named("id")
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("file")
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("label")
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("predicted")
            .required(PrimitiveTypeName.DOUBLE)
            .named("probability")
            .addField(Types.requiredList()
                    .element(Types.required(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named("element"))
                    .named("classes"))
            .addField(Types.requiredList()
                    .requiredElement(PrimitiveTypeName.DOUBLE)
                    .named("probabilities"))
            .named("predictions");

    private PredictionTable() {}

    /**
     * An image.
     *
     * @param label its class by name; null where there is none
     * @param classes the likeliest, the predicted one first
     * @param probabilities of these, 0 to 1
     */
    public record Row(long id, String file, @Nullable String label, List<String> classes, List<Double> probabilities) {
        public Row {
            classes = List.copyOf(classes);
            probabilities = List.copyOf(probabilities);
        }
    }

    /** Writes the rows to a file that is whole or not there. The same rows and footer give the same bytes. */
    public static Written write(Path file, Map<String, String> footer, List<Row> rows) throws IOException {
        var sha256 = new String[1];
        AtomicFiles.write(file, temporary -> {
            fill(temporary, footer, rows);
            if (!read(temporary).equals(rows)) {
                throw new CorruptFileException(file, "just written and other rows read");
            }
            sha256[0] = Checksums.sha256(temporary);
        });
        return new Written(rows.size(), sha256[0]);
    }

    private static void fill(Path file, Map<String, String> footer, List<Row> rows) throws IOException {
        var properties = TableWriter.properties().build();
        int best = rows.isEmpty() ? 1 : rows.get(0).classes().size();
        try (var table = new TableWriter(file, SCHEMA, properties, ZSTD_LEVEL, 32L * best)) {
            for (var row : rows) {
                if (row.classes().size() != best || row.probabilities().size() != best) {
                    throw new IllegalArgumentException(row + " has not " + best + " classes");
                }
                table.column(0).write(row.id(), 0, 0);
                table.column(1).write(Binary.fromString(row.file()), 0, 0);
                table.writeOptional(2, row.label());
                table.column(3).write(Binary.fromString(row.classes().get(0)), 0, 0);
                table.column(4).write((double) row.probabilities().get(0), 0, 0);
                for (int i = 0; i < best; i++) {
                    table.column(5).write(Binary.fromString(row.classes().get(i)), i == 0 ? 0 : 1, 1);
                    table.column(6).write((double) row.probabilities().get(i), i == 0 ? 0 : 1, 1);
                }
                table.endRow();
            }
            var all = new TreeMap<>(footer);
            all.put(BEST, String.valueOf(best));
            table.finish(all);
        }
    }

    /** @throws CorruptFileException if it is no table of predictions, or any page's checksum is wrong */
    public static List<Row> read(Path file) throws IOException {
        try (var table = new TableReader(file, SCHEMA)) {
            int best = Integer.parseInt(table.footer().getOrDefault(BEST, "1"));
            var rows = new ArrayList<Row>();
            for (var group = table.nextGroup(); group != null; group = table.nextGroup()) {
                var ids = new ArrayList<Long>();
                group.read("id", Encoding.PLAIN, 1, (page, count) -> {
                    for (int i = 0; i < count; i++) {
                        ids.add(page.getLong());
                    }
                });
                var files = strings(group, "file", 1);
                var labels = optionalStrings(group, "label");
                var classes = strings(group, "classes", best);
                var probabilities = new ArrayList<Double>();
                group.read("probabilities", Encoding.PLAIN, best, (page, count) -> {
                    for (int i = 0; i < count; i++) {
                        probabilities.add(page.getDouble());
                    }
                });
                for (int i = 0; i < ids.size(); i++) {
                    rows.add(new Row(
                            ids.get(i),
                            files.get(i),
                            labels.get(i),
                            classes.subList(i * best, (i + 1) * best),
                            probabilities.subList(i * best, (i + 1) * best)));
                }
            }
            return rows;
        }
    }

    static List<@Nullable String> optionalStrings(TableReader.Group group, String column) {
        var strings = new ArrayList<@Nullable String>();
        group.readOptional(column, (page, there) -> {
            for (boolean one : there) {
                strings.add(one ? string(page) : null);
            }
        });
        return strings;
    }

    static List<String> strings(TableReader.Group group, String column, int perRow) {
        var strings = new ArrayList<String>();
        group.read(column, Encoding.PLAIN, perRow, (page, count) -> {
            for (int i = 0; i < count; i++) {
                strings.add(string(page));
            }
        });
        return strings;
    }

    private static String string(ByteBuffer page) {
        var utf8 = new byte[page.getInt()];
        page.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
