package igpt.cli;

import igpt.config.UsageException;
import igpt.schema.UserException;
import igpt.schema.run.RunHistory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "stop",
        description = "Stop a run at its next commit point, or within 10 s at its last; igpt resume continues it.")
final class StopCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "RUN", description = "Its number.")
    private long run;

    StopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var database = session.database()) {
            var holder = database.holder(run).orElseThrow(() -> notRunning(new RunHistory(database)));
            if (!holder.here()) {
                throw new UserException("run " + run + " is worked on by " + holder + ": stop it there");
            }
            var process = ProcessHandle.of(holder.pid()).filter(found -> holder.alive());
            if (process.isEmpty() || !process.get().destroy()) {
                throw new UserException(
                        "run " + run + " is worked on by " + holder + ", which takes no signal from here");
            }
            session.out()
                    .println("run " + run + " (" + holder + ") stops at its next commit point"
                            + (holder.suspended()
                                    ? ", once it is continued: it is suspended, `kill -CONT %d`".formatted(holder.pid())
                                    : ", within 10 s"));
            return 0;
        }
    }

    private UserException notRunning(RunHistory history) {
        return history.run(run)
                .map(known -> new UserException("run " + run + " is not running; it is "
                        + known.newest().status()))
                .orElseGet(() -> UsageException.noRun(run));
    }
}
