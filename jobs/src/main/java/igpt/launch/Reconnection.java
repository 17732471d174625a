package igpt.launch;

import igpt.batch.RunStore;
import igpt.launch.Outcome.Ending;
import igpt.recipe.ChildFailedException;
import igpt.schema.Reason;
import igpt.schema.db.Database;
import igpt.schema.lock.RunLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInstance;

/**
 * Attempts at a run, until one ends otherwise than by a lost connection to the database. Such a one is stored as failed, and
 * the next resumes from the last commit point, as after a kill: what the database holds then is true, also of a commit
 * whose answer was lost.
 */
final class Reconnection {
    /** That follow one another without any commit. */
    private static final int MOST_TRIES = 5;

    private final Database database;
    private final RunLock lock;
    private final JobInstance run;
    private final Consumer<String> say;
    private int tries;
    private long commits;

    Reconnection(Database database, RunLock lock, JobInstance run, Consumer<String> say) {
        this.database = database;
        this.lock = lock;
        this.run = run;
        this.say = say;
    }

    @FunctionalInterface
    interface Try {
        Outcome make(RunStore store);
    }

    /** @param first store; one that has lost its connection is not used again */
    Outcome outlive(RunStore first, Try attempt) {
        var store = first;
        var outcome = make(attempt, store);
        boolean again = false;
        while (isDisconnected(outcome, store) && tries < MOST_TRIES) {
            var failed = outcome;
            say.accept("run %d %s is interrupted: %s; it resumes from its last commit point"
                    .formatted(run.getInstanceId(), run.getJobName(), failed.reason()));
            if (!lock.settle()) {
                break;
            }
            again = true;
            store = new RunStore(database);
            outcome = make(
                    next -> {
                        end(next, failed);
                        return tries < MOST_TRIES ? attempt.make(next) : failed;
                    },
                    store);
        }
        return again && outcome.ending() == Ending.UNCHANGED ? completed(outcome) : outcome;
    }

    private Outcome make(Try attempt, RunStore store) {
        try {
            return attempt.make(store);
        } catch (RuntimeException e) {
            if (!isDisconnection(e)) {
                throw e;
            }
            return new Outcome(run.getInstanceId(), run.getJobName(), Ending.FAILED, Reason.of(e), e, 0);
        }
    }

    private static boolean isDisconnected(Outcome outcome, RunStore store) {
        return store.lost() || (outcome.ending() == Ending.FAILED && isDisconnection(outcome.failure()));
    }

    /** A run that it launched has tried for itself. */
    private static boolean isDisconnection(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChildFailedException) {
                return false;
            }
        }
        return Database.isDisconnection(failure);
    }

    private void end(RunStore store, Outcome failed) {
        tries++;
        store.guard(lock);
        store.lastAttempt(run)
                .filter(last -> RunStore.isOpen(last.getStatus()))
                .ifPresent(last -> store.fail(last, String.valueOf(failed.reason())));
        long now = store.commits(run);
        if (now > commits) {
            tries = 1;
        }
        commits = now;
    }

    /** By the attempt whose last commit went through, though its answer was lost. */
    private static Outcome completed(Outcome outcome) {
        return new Outcome(outcome.run(), outcome.job(), Ending.COMPLETED, null, null, 0);
    }
}
