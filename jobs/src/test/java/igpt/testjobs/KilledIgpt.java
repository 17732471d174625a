package igpt.testjobs;

import igpt.cli.Igpt;
import igpt.config.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;

/** The program in a process of its own that dies, as of a {@code kill -9}, at a point of {@link CommitPoints}. */
public final class KilledIgpt {
    /** The point's number, a system property; 0: none; −1: the first whose name is not in {@link #DEATHS}. */
    public static final String KILL_AT = "igpt.test.killAt";

    /** In the project's folder: the names of the points at which earlier processes died, a line each. */
    public static final String DEATHS = "deaths.txt";

    /** How such a process ends. */
    public static final int KILLED = 137;

    private KilledIgpt() {}

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        int at = Integer.getInteger(KILL_AT, 0);
        var project = Project.ofThisProcess();
        var file = project.home().resolve(DEATHS);
        var deaths = Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
        CommitPoints.watch(point -> {
            if (at == -1 ? !deaths.contains(point.name()) : point.number() == at) {
                System.out.println("killed at " + point.name());
                die(file, point.name());
            }
        });
        System.exit(Igpt.execute(TestIgpt.igpt(project, System.out, System.err), arguments));
    }

    private static void die(Path deaths, String point) {
        try {
            Files.writeString(deaths, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
