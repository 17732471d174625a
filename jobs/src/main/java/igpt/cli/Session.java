package igpt.cli;

import igpt.config.Project;
import igpt.console.Console;
import igpt.console.Lines;
import igpt.launch.DryRun;
import igpt.launch.JobCatalogue;
import igpt.schema.db.Asking;
import igpt.schema.db.Database;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * What every command is given.
 *
 * @param configuration Spring configuration classes that define the steps of the catalogue's jobs
 * @param err for errors
 */
public record Session(
        JobCatalogue catalogue,
        List<Class<?>> configuration,
        Project project,
        Console console,
        PrintStream err,
        Surroundings surroundings) {

    public Session {
        err = Lines.of(err);
    }

    PrintStream out() {
        return console.out();
    }

    DryRun dryRun() {
        return new DryRun(catalogue, project);
    }

    Database database() {
        return Database.forReading(project.database());
    }

    /** At once, however large it is: the question is asked again where somebody writes meanwhile. */
    <T> T ask(Function<Database, T> question) {
        return Asking.once(project.database(), question);
    }

    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
