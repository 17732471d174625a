package igpt.cli;

import igpt.config.Project;
import igpt.config.UsageException;
import igpt.console.Console;
import igpt.console.Lines;
import igpt.launch.JobCatalogue;
import igpt.launch.PipelineConfiguration;
import igpt.schema.query.UserZone;
import java.util.List;
import java.util.Locale;

/** The program: {@code igpt COMMAND …}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        UserZone.storeUtc();
        // Or %d in a file's name, or a fingerprint, has the digits of the user's language.
        Locale.setDefault(Locale.ROOT);
        int columns = Integer.getInteger("igpt.columns", 0);
        try {
            var session = new Session(
                    JobCatalogue.standard(),
                    List.of(PipelineConfiguration.class),
                    Project.ofThisProcess().checked(),
                    Console.following(System.out, columns),
                    System.err);
            System.exit(Igpt.execute(session, arguments));
        } catch (UsageException e) {
            Lines.of(System.err).println("igpt: " + e.getMessage());
            System.exit(Igpt.BAD_USAGE);
        }
    }
}
