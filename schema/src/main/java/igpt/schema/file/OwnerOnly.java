package igpt.schema.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but their owner may read. */
public final class OwnerOnly {

    private static final String MODE = "rw-------";

    private OwnerOnly() {}

    /** Never readable by others, not even for a moment. */
    public static void create(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
    }

    /** Does not open the file, which would take a lock that this process has on it away. */
    public static void restrict(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(MODE));
        } catch (UnsupportedOperationException otherFileSystem) {
            // It has no such permissions to give or take.
        }
    }
}
