package igpt.cli;

import igpt.batch.PipelineConfiguration;
import igpt.batch.Traces;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.console.Console;
import igpt.console.Lines;
import igpt.launch.JobCatalogue;
import igpt.runtime.NativeEnvironment;
import igpt.schema.query.UserZone;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The program: {@code igpt COMMAND …}. */
public final class Main {
    /** The commands that load TensorFlow; others are spared the time. */
    private static final Set<String> COMPUTING = Set.of("run", "resume", "bench", "page");

    private Main() {}

    public static void main(String[] arguments) {
        UserZone.storeUtc();
        // Or %d in a file's name, or a fingerprint, has the digits of the user's language.
        Locale.setDefault(Locale.ROOT);
        System.setProperty("java.awt.headless", "true"); // pictures are drawn into memory, whatever display there is
        var surroundings = Surroundings.ofThisProcess();
        if (arguments.length > 0 && COMPUTING.contains(arguments[0])) {
            NativeEnvironment.prepare(surroundings.cuda());
        }
        try {
            var session = new Session(
                    JobCatalogue.standard(),
                    List.of(PipelineConfiguration.class),
                    Project.ofThisProcess().checked(),
                    Console.following(System.out, surroundings.columns()),
                    System.err,
                    surroundings);
            System.exit(execute(session, arguments));
        } catch (UsageException e) {
            Lines.of(System.err).println("igpt: " + e.getMessage());
            System.exit(Igpt.BAD_USAGE);
        }
    }

    private static int execute(Session session, String... arguments) {
        if (arguments.length == 0 || !COMPUTING.contains(arguments[0])) {
            return Igpt.execute(session, arguments);
        }
        try (var traces = Traces.begin(System.getenv())) {
            return Igpt.execute(session, arguments);
        }
    }
}
