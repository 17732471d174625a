package igpt.testjobs;

import igpt.batch.PipelineConfiguration;
import igpt.cli.Igpt;
import igpt.cli.Session;
import igpt.cli.Surroundings;
import igpt.config.Parameter;
import igpt.config.ParameterSchema;
import igpt.config.Project;
import igpt.console.Console;
import igpt.launch.JobCatalogue;
import igpt.schema.query.UserZone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program with the jobs of this package: in this process, or in one of its own to be killed. */
public final class TestIgpt {
    public record Note(@Parameter(help = "what <b>anybody</b> says", max = 200) String note) {}

    public static final JobCatalogue CATALOGUE = new JobCatalogue(List.of(
            new TestJob("count", "count and add", CountConfiguration.Numbers.NUMBERS, CountConfiguration.Total.TOTAL),
            new TestJob(
                    "note",
                    "count with a note",
                    ParameterSchema.of(CountParameters.class, Note.class),
                    CountConfiguration.Numbers.NUMBERS),
            new TestJob("unready", "is not ready", CountConfiguration.Unready.UNREADY)));

    /** What a user sees. */
    public record Answer(int code, String out, String err) {}

    private TestIgpt() {}

    public static void main(String[] arguments) {
        UserZone.storeUtc();
        System.exit(Igpt.execute(session(Project.ofThisProcess(), System.out, System.err), arguments));
    }

    public static Answer ask(Path home, String... arguments) {
        return ask(home, TestIgpt::session, arguments);
    }

    /** The program as it is, with its own jobs. */
    public static Answer askIgpt(Path home, String... arguments) {
        return ask(home, TestIgpt::igpt, arguments);
    }

    /** The program as it is, with its own jobs; {@link CommitPoints} sees them run. */
    static Session igpt(Project project, PrintStream out, PrintStream err) {
        return new Session(
                JobCatalogue.standard(),
                List.of(PipelineConfiguration.class, CommitPoints.Counting.class),
                project,
                new Console(out, 0),
                err,
                Surroundings.ofThisProcess());
    }

    /** A size that a second trains: {@code model=tiny}. */
    public static void writeTinyModel(Path home) throws IOException {
        Files.createDirectories(home.resolve("config/models"));
        Files.writeString(home.resolve("config/models/tiny.yml"), "layers: 1\nwidth: 8\nheads: 2\n");
    }

    private interface Sessions {
        Session of(Project project, PrintStream out, PrintStream err);
    }

    private static Answer ask(Path home, Sessions sessions, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var project = new Project(home, home.resolve("runs"), new igpt.config.ConfigFolder(home.resolve("config")));
        try (var outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
                var errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            int code = Igpt.execute(sessions.of(project, outStream, errStream), arguments);
            return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    /** Its output goes to {@code child.txt} in the home. */
    public static Process start(Path home, String... arguments) throws IOException {
        return start(home, List.of(), arguments);
    }

    /** @param options of Java */
    public static Process start(Path home, List<String> options, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Digpt.home=" + home,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TestIgpt.class.getName()));
        command.addAll(1, options);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("child.txt").toFile())
                .start();
    }

    private static Session session(Project project, PrintStream out, PrintStream err) {
        return new Session(
                CATALOGUE,
                List.of(CountConfiguration.class),
                project,
                new Console(out, 0),
                err,
                Surroundings.ofThisProcess());
    }
}
