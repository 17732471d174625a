package igpt.page.view;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a run's log. */
final class LogTail {
    private static final int BYTES = 32 << 10;
    private static final int LINES = 100;

    private LogTail() {}

    /** Empty if there is none. */
    static List<String> of(Path folder) {
        var file = folder.resolve("log.txt");
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, log.length() - BYTES);
            log.seek(from);
            var bytes = new byte[(int) Math.min(BYTES, log.length() - from)];
            log.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            int first = Math.max(from > 0 ? 1 : 0, lines.size() - LINES); // the first may have lost its beginning
            return List.copyOf(lines.subList(Math.min(first, lines.size()), lines.size()));
        } catch (IOException e) {
            return List.of("the log cannot be read: " + e.getMessage());
        }
    }
}
