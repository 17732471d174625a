package igpt.schema.file;

import igpt.schema.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Files that are whole or not there: after a crash at any instant nothing half-written stands under the final name. */
public final class AtomicFiles {
    /** How the name ends of what is not whole yet. */
    static final String UNFINISHED = ".tmp";

    private AtomicFiles() {}

    /** Something that may fail on the disk. */
    @FunctionalInterface
    public interface IoConsumer<T> {
        void accept(T value) throws IOException;
    }

    /**
     * Lets {@code writer} fill {@code NAME.tmp} next to the target, forces it to the disk and renames it. A writer that
     * throws leaves the target as it was. What stood under the target's name is replaced.
     *
     * @throws UserException if the disk is full or the folder may not be written
     */
    public static void write(Path target, IoConsumer<Path> writer) throws IOException {
        replace(target, temporary -> {
            writer.accept(temporary);
            force(temporary, StandardOpenOption.WRITE);
        });
    }

    /**
     * The same, but what stands under the target's name already is left: of several processes one makes it.
     *
     * @throws FileAlreadyExistsException if it was not this one
     * @throws UserException if the disk is full or the folder may not be written
     */
    public static void create(Path target, IoConsumer<Path> writer) throws IOException {
        var own = target.resolveSibling(
                target.getFileName() + "." + ProcessHandle.current().pid());
        write(own, writer);
        try {
            try {
                Files.createLink(target, own); // which a rename would not refuse
            } catch (UnsupportedOperationException | FileSystemException noLinks) {
                if (Files.exists(target)) {
                    throw new FileAlreadyExistsException(target.toString());
                }
                Files.move(own, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(own);
        }
    }

    /**
     * The same for a folder of files. The target must not be there yet.
     *
     * @throws UserException if the disk is full or the folder may not be written
     */
    public static void writeFolder(Path target, IoConsumer<Path> writer) throws IOException {
        replace(target, temporary -> {
            Files.createDirectory(temporary);
            writer.accept(temporary);
            try (var files = Files.list(temporary)) {
                for (var file : (Iterable<Path>) files::iterator) {
                    force(file, StandardOpenOption.WRITE);
                }
            }
            force(temporary, StandardOpenOption.READ);
        });
    }

    private static void replace(Path target, IoConsumer<Path> writeAndForce) throws IOException {
        var folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
        FolderGuard.confirm(target);
        var temporary = unfinished(target);
        try {
            Files.createDirectories(folder);
            FileSystemUtils.deleteRecursively(temporary); // left by a killed process
            writeAndForce.accept(temporary);
            FolderGuard.confirm(target);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            force(folder, StandardOpenOption.READ); // the rename itself
        } catch (IOException | RuntimeException e) {
            deleteQuietly(temporary, e);
            var known = explain(folder, e);
            if (known != null) {
                throw known;
            }
            throw e;
        }
    }

    private static Path unfinished(Path target) throws IOException {
        var guard = FolderGuard.of(target);
        return guard.isPresent()
                ? guard.get().unfinished(target)
                : target.resolveSibling(target.getFileName() + UNFINISHED);
    }

    /** Says in one line what the user can do about it, if it is the disk's fault. */
    public static @Nullable UserException explain(Path folder, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserException) {
                return null;
            }
            var reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (reason.contains("no space left") || reason.contains("quota exceeded")) {
                return new UserException("no space left in " + folder + ": free some and resume", e);
            }
            if (cause instanceof AccessDeniedException || reason.contains("read-only file system")) {
                return new UserException("cannot write in " + folder + ": give it write permission and resume", e);
            }
        }
        return null;
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (var channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private static void deleteQuietly(Path file, Exception whileHandling) {
        try {
            FileSystemUtils.deleteRecursively(file);
        } catch (IOException e) {
            whileHandling.addSuppressed(e);
        }
    }
}
