package igpt.launch;

import igpt.runtime.NativeEnvironment;
import igpt.schema.UserException;
import igpt.schema.file.Checksums;
import igpt.schema.run.RuntimeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What XLA has compiled, kept from run to run.
 * TensorFlow runs what it finds there, and ends the run if it cannot be read. So each file's checksum is written beside
 * it as soon as it is there (TensorFlow writes it elsewhere and renames it), and before the next run all that does not
 * agree with its own is deleted: it costs the time to compile it again.
 */
final class KeptCompilations implements AutoCloseable {
    private static final String COMPILATION = ".pb";
    private static final String CHECKSUM = ".sha256";
    private static final String FLAGS = "TF_XLA_FLAGS";
    private static final long ROOM = 2_000_000_000; // TensorFlow ends the run if it cannot write
    private static final Duration AGE = Duration.ofDays(7);

    private final Path folder;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "kept compilations");
        thread.setDaemon(true);
        return thread;
    });

    private KeptCompilations(Path folder) {
        this.folder = folder;
    }

    /**
     * Those of a process with such settings, for compiled code works with no others: before TensorFlow is asked for
     * anything. Null where there is no room, or the user has flags for XLA of their own.
     *
     * @param all where they are kept, each settings' in a folder of its own
     */
    static @Nullable KeptCompilations open(Path all, RuntimeSettings settings) {
        if (System.getenv(FLAGS) != null || !hasRoom(all, ROOM)) {
            return null;
        }
        deleteBefore(all, Instant.now().minus(AGE));
        var kept = open(folder(all, settings));
        NativeEnvironment.set(
                FLAGS,
                "--tf_xla_persistent_cache_directory='%s' --tf_xla_persistent_cache_device_types=CPU --tf_xla_deterministic_cluster_names=true"
                        .formatted(kept.folder));
        return kept;
    }

    static boolean hasRoom(Path all, long bytes) {
        try {
            Files.createDirectories(all);
            return Files.isWritable(all) && Files.getFileStore(all).getUsableSpace() > bytes;
        } catch (IOException e) {
            return false;
        }
    }

    static void deleteBefore(Path all, Instant time) {
        try (var files = Files.walk(all)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // Another process deletes the same, or what is old stays.
        }
    }

    /** Each settings' own. */
    static Path folder(Path all, RuntimeSettings settings) {
        return all.resolve(Checksums.sha256OfText(settings.toString()).substring(0, 16));
    }

    /** @throws UserException if what is damaged cannot be deleted */
    static KeptCompilations open(Path folder) {
        var kept = new KeptCompilations(folder);
        try {
            for (var file : kept.files()) {
                if (!isWhole(file)) {
                    Files.deleteIfExists(checksum(file)); // first: so an old one never lies next to a new file
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UserException("cannot check what is kept in " + folder + ": delete it", e);
        }
        kept.watch.scheduleWithFixedDelay(kept::addChecksums, 1, 1, TimeUnit.SECONDS);
        return kept;
    }

    private List<Path> files() throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(COMPILATION)).toList();
        }
    }

    private static Path checksum(Path file) {
        return file.resolveSibling(file.getFileName() + CHECKSUM);
    }

    private static boolean isWhole(Path file) throws IOException {
        return Files.exists(checksum(file)) && Checksums.matches(file, Files.readString(checksum(file)));
    }

    private void addChecksums() {
        try {
            for (var file : files()) {
                if (!Files.exists(checksum(file))) {
                    Files.writeString(checksum(file), Checksums.sha256(file));
                }
            }
        } catch (IOException e) {
            // What has none is compiled again.
        }
    }

    @Override
    public void close() {
        watch.shutdown();
        addChecksums();
    }
}
