package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.cli.Main;
import igpt.config.ConfigFolder;
import igpt.config.Project;
import igpt.schema.db.Database;
import igpt.schema.db.HistoryTables;
import igpt.schema.db.OwnedTable;
import igpt.schema.file.Checksums;
import igpt.schema.run.RunHistory;
import igpt.testjobs.KilledIgpt;
import igpt.testjobs.TestIgpt;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A project folder of its own with a tiny model, where the real program runs: in processes of its own, or in this one.
 *
 * <p>The processes keep what XLA has compiled for each other, as those of the launcher do. They may share the folder and
 * be killed: a file gets its name when it is whole. It is taken for the very same XLA program only, and each process
 * makes that from its own graph. What would be hidden is a compiler that makes other code of the same program; so what
 * runs in this process compiles for itself, and its bytes are compared with theirs.
 */
record Workplace(Path home) {
    private static final int PATIENCE_SECONDS = 240;

    /** Small enough for seconds, and with several commit points in every step that can have them. */
    static final String[] TINY = {
        "run",
        "reproduce",
        "data=shapes",
        "images=150",
        "resolution=8",
        "colours=8",
        "part_rows=64",
        "model=tiny",
        "batch=8",
        "iterations=40",
        "save_every=10",
        "validation_images=15",
        "feature_batch=16",
        "samples=6",
        "prompts=2",
        "completions=2",
        "sample_batch=4"
    };

    static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    static Workplace in(Path home) throws IOException {
        Files.createDirectories(home.resolve("config/models"));
        Files.createDirectories(home.resolve("config/presets"));
        Files.writeString(home.resolve("config/models/tiny.yml"), "layers: 2\nwidth: 16\nheads: 2\n");
        return new Workplace(home);
    }

    /**
     * A place that has gone through the same. Its database is not copied while it is open: what closes it here may do so in
     * the background, and a file that is written meanwhile is an older state of it, or none.
     */
    Workplace copyTo(Path other) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); isInUse(); ) {
            assertThat(System.nanoTime()).as("the database is in use for ever").isLessThan(end);
            Thread.sleep(5);
        }
        FileSystemUtils.copyRecursively(home, other);
        return new Workplace(other);
    }

    /** Whether a process, this one for instance, has the database open. */
    boolean isInUse() throws IOException {
        Path database = home.resolve("runs/igpt.mv.db");
        if (!Files.exists(database)) {
            return false;
        }
        try (var channel = FileChannel.open(database, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException here) {
            return true;
        }
    }

    Path output() {
        return home.resolve("output.txt");
    }

    /** Starts {@code igpt ARGUMENTS}; what it prints goes to {@link #output}. */
    Process start(String... arguments) throws IOException {
        return start(Main.class, 0, List.of(), arguments);
    }

    /** The same on a machine with a single core. */
    Process startOnOneCore(String... arguments) throws IOException {
        return start(Main.class, 0, List.of("taskset", "-c", "0"), arguments);
    }

    /**
     * Starts it to be killed at that point of {@link igpt.testjobs.CommitPoints}, counted from 1.
     *
     * @return whether it came that far
     */
    boolean killAt(int point, String... arguments) throws IOException, InterruptedException {
        Process process = start(KilledIgpt.class, point, List.of(), arguments);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output())).isIn(0, KilledIgpt.KILLED);
        return process.exitValue() == KilledIgpt.KILLED;
    }

    /**
     * Starts it to be killed at the first point at which it has not been killed yet.
     *
     * @return whether there was one
     */
    boolean killAtNext(String... arguments) throws IOException, InterruptedException {
        return killAt(-1, arguments);
    }

    private Process start(Class<?> main, int killAt, List<String> wrapper, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Digpt.home=" + home,
                "-Digpt.compilations=" + System.getProperty("igpt.xla"),
                "-D" + KilledIgpt.KILL_AT + "=" + killAt,
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile());
        builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
        builder.environment().remove("IGPT_RUNS");
        builder.environment().remove("TF_XLA_FLAGS");
        return builder.start();
    }

    /** Runs it to its end. */
    String run(int exitCode, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output());
        assertThat(process.exitValue()).as(said).isEqualTo(exitCode);
        return said;
    }

    /** The same in this process, which has begun already: for what is not to be killed. */
    String ask(int exitCode, String... arguments) {
        var answer = TestIgpt.askIgpt(home, arguments);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(exitCode);
        return answer.out() + answer.err();
    }

    /**
     * Starts it, and kills it as soon as it has made this, or is through.
     *
     * @return whether it has made it
     */
    boolean killOnceMade(String path, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        boolean made = awaitPath(process, path);
        process.destroyForcibly().waitFor();
        return made;
    }

    /** Waits until the run's log, past its first {@code from} characters, matches; gives the pattern's group. */
    String awaitLog(Process process, long from, String pattern) throws IOException, InterruptedException {
        Pattern wanted = Pattern.compile(pattern);
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end; ) {
            String log = log();
            Matcher found = wanted.matcher(log.substring((int) Math.min(from, log.length())));
            if (found.find()) {
                return found.group(1);
            }
            assertThat(process.isAlive()).as(Files.readString(output())).isTrue();
            Thread.sleep(5);
        }
        throw new AssertionError("the log never said " + pattern + ": " + Files.readString(output()));
    }

    /** Waits until there is this file or folder; false if the process ends before. */
    boolean awaitPath(Process process, String name) throws InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end; ) {
            if (Files.exists(home.resolve(name))) {
                return true;
            }
            if (!process.isAlive()) {
                return false;
            }
            Thread.sleep(2);
        }
        throw new AssertionError("there never was a " + name);
    }

    String log() throws IOException {
        Path log = home.resolve("runs/1-reproduce/log.txt");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** SHA-256 of everything the runs left, by path; logs, the history and the database itself tell when, and are left out. */
    Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path runs = home.resolve("runs");
        try (Stream<Path> all = Files.walk(runs)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                String name = runs.relativize(file).toString();
                if (name.contains("/") && !name.endsWith("log.txt") && !name.contains("/history/")) {
                    files.put(name, Checksums.sha256(file));
                }
            }
        }
        return files;
    }

    /** What the artifacts' tables hold, a text a table: all but the numbers that the database gives out, and when. */
    List<String> rows() {
        var project = new Project(home, home.resolve("runs"), new ConfigFolder(home.resolve("config")));
        try (var database = Database.forReading(project.database())) {
            var history = new RunHistory(database);
            return database.tables().ofArtifact().stream()
                    .filter(table -> !table.name().equals(HistoryTables.ARTIFACT))
                    .map(table -> rows(table, history))
                    .toList();
        }
    }

    private static String rows(OwnedTable table, RunHistory history) {
        Set<String> columns = new TreeSet<>(table.columns());
        columns.remove(table.owner().column());
        table.links().forEach(link -> columns.remove(link.column()));
        columns.removeAll(table.identity());
        if (columns.isEmpty()) {
            return table.name();
        }
        return history.query("select " + String.join(", ", columns) + " from " + table.name()).rows().stream()
                .map(row -> row.stream()
                        .map(value -> value instanceof Instant ? "then" : String.valueOf(value))
                        .toList()
                        .toString())
                .sorted()
                .collect(Collectors.joining("\n", table.name() + " " + columns + "\n", ""));
    }
}
