package igpt.cli;

import igpt.config.ConfigFolder;
import igpt.config.Project;
import igpt.console.Console;
import igpt.console.ConsoleListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Loads the classes that the other commands need, for {@link ClassArchive}; or has that make one. */
@Command(name = "prime", description = "Load all classes, for the class data archive.", hidden = true)
final class PrimeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", description = "Make this archive of them.")
    private @Nullable Path archive;

    PrimeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (archive != null) {
            ClassArchive.make(archive, session.project().home());
            return 0;
        }
        var runs = Files.createTempDirectory("igpt-prime");
        try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            // Never the user's own database, which would show these runs, whatever names it. There is a config file,
            // since
            // all commands read one.
            var config = Files.createDirectory(runs.resolve("config"));
            Files.writeString(config.resolve("application.yml"), "database:\n  url: ''\n");
            var project = new Project(session.project().home(), runs, new ConfigFolder(config), Map.of());
            var scratch = new Session(
                    session.catalogue(),
                    session.configuration(),
                    project,
                    new Console(nowhere, 0),
                    nowhere,
                    session.surroundings());
            ask(scratch);
            try (var service = Launches.open(scratch)) {
                service.listen(new ConsoleListener(scratch.console()));
                service.rehearse(() -> ask(scratch));
            }
            ask(scratch);
        } finally {
            delete(runs);
        }
        return 0;
    }

    private static void ask(Session scratch) {
        Igpt.execute(scratch, "jobs", "prepare");
        Igpt.execute(scratch, "runs");
        Igpt.execute(scratch, "show", "1");
        Igpt.execute(scratch, "query", "select * from run_history");
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
