package igpt.prepare;

import igpt.schema.dataset.ClassRows;
import igpt.schema.file.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** {@code classes.json}: which label is which class, for who has the Parquet files and no database. */
final class ClassesFile {
    static final String NAME = "classes.json";

    private ClassesFile() {}

    static void write(Path file, List<ClassRows> classes) throws IOException {
        var lines = classes.stream()
                .map(rows ->
                        "  {\"label\": %d, \"class\": %s, \"train_rows\": %d, \"validation_rows\": %d, \"test_rows\": %d}"
                                .formatted(
                                        rows.label(),
                                        quoted(rows.name()),
                                        rows.train(),
                                        rows.validation(),
                                        rows.test()))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
        AtomicFiles.write(file, temporary -> Files.writeString(temporary, classes.isEmpty() ? "[]\n" : lines));
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (Character.isISOControl(c) || Character.isSurrogate((char) c)) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
