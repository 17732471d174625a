package igpt.cli;

import igpt.config.Project;
import igpt.console.Console;
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
        var session = new Session(
                JobCatalogue.standard(),
                List.of(PipelineConfiguration.class),
                Project.ofThisProcess(),
                Console.following(System.out, columns),
                System.err);
        System.exit(Igpt.execute(session, arguments));
    }
}
