package igpt.schema.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.util.FileSystemUtils;

/**
 * The folder of a run, in which only the process that has the right to the run may write. Whoever writes there with {@link
 * AtomicFiles} is asked for the right first, and again before the file takes its place; what is not finished yet has a
 * name that no other attempt gives to anything.
 */
public final class FolderGuard implements AutoCloseable {

    private static final List<FolderGuard> GUARDS = new CopyOnWriteArrayList<>();

    private final Path folder;
    private final String suffix;
    private final Runnable confirm;
    private final Set<Path> swept = ConcurrentHashMap.newKeySet();

    private FolderGuard(Path folder, String attempt, Runnable confirm) {
        this.folder = folder.toAbsolutePath().normalize();
        this.suffix = "." + attempt + AtomicFiles.UNFINISHED;
        this.confirm = confirm;
    }

    /**
     * Guards the folder until it is closed.
     *
     * @param attempt which no other attempt at any run is called
     * @param confirm throws where the right is lost
     */
    public static FolderGuard open(Path folder, String attempt, Runnable confirm) {
        var guard = new FolderGuard(folder, attempt, confirm);
        GUARDS.add(guard);
        return guard;
    }

    /** To be called before something is deleted, say; nothing happens where nobody guards. */
    public static void confirm(Path file) {
        of(file).ifPresent(guard -> guard.confirm.run());
    }

    static Optional<FolderGuard> of(Path file) {
        var path = file.toAbsolutePath().normalize();
        return GUARDS.stream()
                .filter(guard -> path.startsWith(guard.folder))
                .max(Comparator.comparingInt(guard -> guard.folder.getNameCount()));
    }

    /** What the file is called until it is whole. The first time in a folder, what other attempts left there goes. */
    Path unfinished(Path target) throws IOException {
        var parent = target.toAbsolutePath().normalize().getParent();
        if (parent != null && Files.isDirectory(parent) && swept.add(parent)) {
            try (var files = Files.newDirectoryStream(parent, "*" + AtomicFiles.UNFINISHED)) {
                for (var file : files) {
                    if (!file.getFileName().toString().endsWith(suffix)) {
                        FileSystemUtils.deleteRecursively(file);
                    }
                }
            }
        }
        return target.resolveSibling(target.getFileName() + suffix);
    }

    @Override
    public void close() {
        GUARDS.remove(this);
    }
}
