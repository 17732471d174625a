package igpt.schema.lock;

import igpt.schema.file.OwnerOnly;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/** Who has the embedded database: a file next to it, gone when they end. */
public final class HolderFile {

    private HolderFile() {}

    /** Written whole or not at all. */
    public static void write(Path file, Holder holder) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        OwnerOnly.create(temporary);
        Files.writeString(
                temporary,
                """
                # The process that has the database. Gone when it ends.
                pid=%d
                host=%s
                started=%s
                birth=%s
                """
                        .formatted(holder.pid(), holder.host(), holder.started(), String.valueOf(holder.birth())));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Empty if there is none, or it is damaged. */
    public static Optional<Holder> read(Path file) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
            var birth = properties.getProperty("birth", "null");
            return Optional.of(new Holder(
                    Long.parseLong(properties.getProperty("pid", "")),
                    properties.getProperty("host", ""),
                    Instant.parse(properties.getProperty("started", "")),
                    birth.equals("null") ? null : birth));
        } catch (IOException | IllegalArgumentException | DateTimeParseException noneOrDamaged) {
            return Optional.empty();
        }
    }
}
