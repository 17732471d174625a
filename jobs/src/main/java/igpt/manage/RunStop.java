package igpt.manage;

import igpt.config.UsageException;
import igpt.launch.LaunchedRun;
import igpt.schema.UserException;
import igpt.schema.db.Database;
import igpt.schema.lock.Holder;
import igpt.schema.run.RunChildren;
import igpt.schema.run.RunHistory;
import java.util.List;
import java.util.Optional;

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
        if (new RunHistory(database)
                .newest(run)
                .filter(newest -> !newest.isUnderWay())
                .isPresent()) {
            throw notRunning(new RunHistory(database), run); // it has ended, and its process has not
        }
        if (holder.equals(Holder.self())) {
            throw new UserException("run " + run + " is beginning or ending in this process: try again in a moment");
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

    /** Of the runs of this process the one that launched a run as a part of itself, if that is under way. */
    public static Optional<LaunchedRun> launcher(Database database, long run, List<LaunchedRun> own) {
        return own.stream()
                .filter(launched ->
                        database.holder(run).filter(Holder.self()::equals).isPresent())
                .filter(launched -> isPart(run, launched.run(), database))
                .findFirst();
    }

    private static boolean isPart(long run, long whole, Database database) {
        return new RunChildren(database.jdbc())
                .of(whole).stream().anyMatch(child -> child == run || isPart(run, child, database));
    }

    private static UserException notRunning(RunHistory history, long run) {
        return history.run(run)
                .map(known -> new UserException("run " + run + " is not running; it is "
                        + known.newest().status()))
                .orElseGet(() -> UsageException.noRun(run));
    }
}
