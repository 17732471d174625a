package igpt.testjobs;

import igpt.cli.Igpt;
import igpt.config.Project;
import java.util.Locale;

/** The program in a process of its own that dies, as of a {@code kill -9}, at a point of {@link CommitPoints}. */
public final class KilledIgpt {
    /** The point's number, a system property; 0: none. */
    public static final String KILL_AT = "igpt.test.killAt";

    /** How such a process ends. */
    public static final int KILLED = 137;

    private KilledIgpt() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        int at = Integer.getInteger(KILL_AT, 0);
        CommitPoints.watch(point -> {
            if (point.number() == at) {
                System.out.println("killed at " + point.name());
                Runtime.getRuntime().halt(KILLED);
            }
        });
        System.exit(Igpt.execute(TestIgpt.igpt(Project.ofThisProcess(), System.out, System.err), arguments));
    }
}
