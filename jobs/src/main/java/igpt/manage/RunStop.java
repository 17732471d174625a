package igpt.manage;

import igpt.config.UsageException;
import igpt.schema.UserException;
import igpt.schema.db.Database;
import igpt.schema.run.RunHistory;

/** Has the process that works on a run stop it. */
public final class RunStop {
    private RunStop() {}

    /**
     * @return what will become of it
     * @throws UserException if no process works on it, or not where it can be told
     */
    public static String request(Database database, long run) {
        var holder = database.holder(run).orElseThrow(() -> notRunning(new RunHistory(database), run));
        if (!holder.here()) {
            throw new UserException("run " + run + " is worked on by " + holder + ": stop it there");
        }
        var process = ProcessHandle.of(holder.pid()).filter(found -> holder.alive());
        if (process.isEmpty() || !process.get().destroy()) {
            throw new UserException("run " + run + " is worked on by " + holder + ", which takes no signal from here");
        }
        return "run " + run + " (" + holder + ") stops at its next commit point"
                + (holder.suspended()
                        ? ", once it is continued: it is suspended, `kill -CONT %d`".formatted(holder.pid())
                        : ", within 10 s");
    }

    private static UserException notRunning(RunHistory history, long run) {
        return history.run(run)
                .map(known -> new UserException("run " + run + " is not running; it is "
                        + known.newest().status()))
                .orElseGet(() -> UsageException.noRun(run));
    }
}
