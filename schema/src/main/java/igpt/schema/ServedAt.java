package igpt.schema;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/**
 * Who has the embedded database, and where they serve it to readers: a file beside the database that only its owner can
 * read, since whoever knows the key may ask.
 */
record ServedAt(Holder holder, int port, String key) {

    /** Written whole or not at all, and never readable by others in between. */
    void write(Path file) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                temporary,
                """
                # The process that has the database, and where it answers questions. Gone when it ends.
                pid=%d
                host=%s
                started=%s
                birth=%s
                port=%d
                key=%s
                """
                        .formatted(
                                holder.pid(),
                                holder.host(),
                                holder.started(),
                                String.valueOf(holder.birth()),
                                port,
                                key));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Empty if there is none, or it is damaged. */
    static Optional<ServedAt> read(Path file) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
            var birth = properties.getProperty("birth", "null");
            var holder = new Holder(
                    Long.parseLong(properties.getProperty("pid", "")),
                    properties.getProperty("host", ""),
                    Instant.parse(properties.getProperty("started", "")),
                    birth.equals("null") ? null : birth);
            return Optional.of(new ServedAt(
                    holder, Integer.parseInt(properties.getProperty("port", "")), properties.getProperty("key", "")));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | NumberFormatException | DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
