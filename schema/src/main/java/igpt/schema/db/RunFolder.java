package igpt.schema.db;

import igpt.schema.file.AtomicFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The folder of a run, {@code 3-pretrain}. Its {@code history} says whose it is, and holds what the database knows of
 * the run.
 *
 * @param path absolute
 */
public record RunFolder(Path path, long run, String job) {
    private static final Pattern NAME = Pattern.compile("([1-9]\\d{0,17})-([a-zA-Z]\\w*)");

    public static RunFolder of(Path runs, long run, String job) {
        return new RunFolder(runs.resolve(run + "-" + job), run, job);
    }

    /** By its name; whether there is one, and a run's, is not asked. */
    public static Optional<RunFolder> named(Path runs, String name) {
        var match = NAME.matcher(name);
        return match.matches()
                ? Optional.of(of(runs, Long.parseLong(match.group(1)), match.group(2)))
                : Optional.empty();
    }

    /** Of the run that an artifact's path begins with, which need not be the run that it belongs to. */
    public static Optional<RunFolder> ofArtifact(Path runs, String path) {
        return named(runs, Path.of(path).getName(0).toString());
    }

    /** All whose names could be a run's, whatever is in them. A folder that is not there has none. */
    static List<RunFolder> candidates(Path runs) throws IOException {
        try (var all = Files.list(runs)) {
            return all.flatMap(path -> named(runs, path.getFileName().toString()).stream())
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
    }

    /** Those that a run has made, and not a folder of the user's that happens to be called {@code 2024-photos}. */
    public static List<RunFolder> in(Path runs) throws IOException {
        return candidates(runs).stream().filter(RunFolder::isOfARun).toList();
    }

    boolean isOfARun() {
        return Files.exists(marker()) || Files.isRegularFile(path.resolve("log.txt"));
    }

    public Path history() {
        return path.resolve("history");
    }

    private Path marker() {
        return history().resolve("run.id");
    }

    /** The database that it belongs to; empty where nothing says so. */
    public Optional<String> database() throws IOException {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(marker())));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        boolean mine = properties.getProperty("run", "").equals(String.valueOf(run))
                && properties.getProperty("job", "").equals(job);
        return Optional.of(mine ? properties.getProperty("database", "") : "another run's");
    }

    /** Says whose it is, where nothing did before. */
    public void mark(String database) throws IOException {
        var text = "database=%s%nrun=%d%njob=%s%n".formatted(database, run, job);
        try {
            AtomicFiles.create(marker(), file -> Files.writeString(file, text));
        } catch (FileAlreadyExistsException marked) {
            // By whom, the caller asks.
        }
    }

    boolean isEmpty() throws IOException {
        try (var files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
