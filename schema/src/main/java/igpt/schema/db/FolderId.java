package igpt.schema.db;

import igpt.schema.file.AtomicFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * Whose runs folder it is, {@code igpt.id} in it.
 *
 * @param database the id of the one database whose runs lie in it
 * @param folder its own, the same on every machine that shares it
 * @param where that database is, for the user to find it again
 */
public record FolderId(String database, String folder, String where) {
    private static final String FILE = "igpt.id";

    public static FolderId create(String database, String where) {
        return new FolderId(database, UUID.randomUUID().toString(), where);
    }

    /** Empty if there is none, or it is damaged. */
    public static Optional<FolderId> read(Path runs) throws IOException {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(runs.resolve(FILE))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
        var database = properties.getProperty("database", "");
        var folder = properties.getProperty("folder", "");
        return database.isEmpty() || folder.isEmpty()
                ? Optional.empty()
                : Optional.of(new FolderId(database, folder, properties.getProperty("where", "")));
    }

    /** Of two processes that come at once, both read what the first has written. */
    public static FolderId claim(Path runs, FolderId wanted) throws IOException {
        try {
            AtomicFiles.create(runs.resolve(FILE), file -> Files.writeString(file, wanted.text()));
        } catch (FileAlreadyExistsException another) {
            var there = read(runs);
            if (there.isPresent() && there.get().database().equals(wanted.database())) {
                return there.get();
            }
            AtomicFiles.write(runs.resolve(FILE), file -> Files.writeString(file, wanted.text()));
        }
        return wanted;
    }

    /** Says where the database is now. */
    public static void move(Path runs, FolderId there, String where) throws IOException {
        var moved = new FolderId(there.database(), there.folder(), where);
        AtomicFiles.write(runs.resolve(FILE), file -> Files.writeString(file, moved.text()));
    }

    private String text() {
        return """
                # The database that these runs belong to. Leave it here: without it none can be begun.
                database=%s
                folder=%s
                where=%s
                """
                .formatted(database, folder, where);
    }
}
