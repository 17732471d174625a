package igpt.export;

import igpt.schema.UserException;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.AtomicFiles.IoConsumer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.springframework.util.FileSystemUtils;

/** The user's folder that an export is made in: whole or not there, and nothing else of theirs is touched. */
record Destination(Path folder) {

    /** @throws UserException if something is there that is no export, or the folder cannot be made */
    void check() {
        if (!Files.exists(folder)) {
            checkCanBeMade();
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new UserException("to: %s is a file: give a folder".formatted(folder));
        }
        if (!isExport()) {
            throw new UserException(
                    "to: %s is there and is no export: give a folder that is not, or an export to replace"
                            .formatted(folder));
        }
    }

    private void checkCanBeMade() {
        var there = folder.toAbsolutePath().getParent();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new UserException(
                    "to: %s cannot be made, since nothing can be written in %s".formatted(folder, there));
        }
    }

    /** Or empty. */
    private boolean isExport() {
        try {
            return Manifest.names(folder).isEmpty() || Manifest.isOfAll(folder);
        } catch (IOException e) {
            throw new UserException("to: %s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /**
     * Lets {@code writer} fill a folder next to it, and gives that its name. An export that is there is replaced only then.
     *
     * @param run whose number the names of unfinished folders have: what a killed attempt left is made again
     */
    void write(long run, IoConsumer<Path> writer) throws IOException {
        check();
        var parent = Objects.requireNonNull(folder.toAbsolutePath().getParent());
        var unfinished = parent.resolve(".%s.igpt-export-%d".formatted(folder.getFileName(), run));
        var replaced = parent.resolve(".%s.igpt-replaced-%d".formatted(folder.getFileName(), run));
        try {
            Files.createDirectories(parent);
            FileSystemUtils.deleteRecursively(unfinished);
            AtomicFiles.writeFolder(unfinished, writer);
            if (Files.exists(folder)) {
                FileSystemUtils.deleteRecursively(replaced);
                Files.move(folder, replaced, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            FileSystemUtils.deleteRecursively(replaced);
        } catch (IOException | RuntimeException e) {
            FileSystemUtils.deleteRecursively(unfinished);
            var known = AtomicFiles.explain(parent, e);
            if (known != null) {
                throw known;
            }
            throw e;
        }
    }
}
