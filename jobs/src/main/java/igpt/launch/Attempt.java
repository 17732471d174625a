package igpt.launch;

import igpt.console.ConsoleProgress;
import igpt.launch.Outcome.Ending;
import igpt.recipe.RunContext;
import igpt.schema.UserException;
import igpt.schema.artifact.RuntimeSettings;
import igpt.schema.db.Database;
import igpt.schema.db.HistoryFiles;
import igpt.schema.file.FolderGuard;
import igpt.schema.run.ProgressTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;

/**
 * One attempt at a run, by whoever has its lock.
 *
 * @param prefix of the lines it prints: "run 4: " where another run launched it
 */
record Attempt(
        Launcher launcher,
        JobDefinition job,
        StoredParameters wanted,
        RuntimeSettings runtime,
        RunStore store,
        Database database,
        StopSignals signals,
        String prefix) {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    Outcome make(JobInstance run) {
        long start = System.nanoTime();
        var folder = database.runsFolder().begin(run.getInstanceId(), job.name());
        var execution = store.begin(run, wanted.toSpring());
        var history = store.history(database.runsFolder());
        history.writeAll(run.getInstanceId());
        store.record(run.getInstanceId(), history);
        var context = context(execution);
        var right = store.right();
        try (var log = RunLog.open(folder.resolve("log.txt"));
                var guard = FolderGuard.open(folder, "attempt-" + execution.getId(), right::confirm);
                var progress = progress(execution.getId());
                var passing = signals.passOnTo(context, execution, store, progress)) {
            right.onLoss(reason -> signals.abandon(context, reason));
            if (prefix.isEmpty()) right.onTrouble(progress::say); // those that it launched have the same database
            LOG.info("attempt {}: {} {}; {}", execution.getId(), job.name(), wanted, runtime);
            execute(execution, context, progress);
            var ending = Ending.of(execution.getStatus());
            var reason = reason(execution, ending);
            if (!store.lost()) {
                if (reason != null) store(execution, () -> store.explain(execution, reason));
                keep(run.getInstanceId(), history);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            var failure = ending == Ending.FAILED ? failure(execution) : null;
            return new Outcome(run.getInstanceId(), job.name(), ending, reason, failure, signals.received(), seconds);
        }
    }

    /** Makes the job and does not run it. */
    void rehearse(JobExecution execution) {
        try (var progress = progress(execution.getId());
                var spring = spring(context(execution), progress)) {
            spring.job(job);
        }
    }

    private void execute(JobExecution execution, RunContext context, ConsoleProgress progress) {
        try (var spring = spring(context, progress)) {
            spring.job(job).execute(execution);
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            LOG.error("the job did not begin, or its end could not be stored", e);
            execution.addFailureException(e);
            store(execution, () -> store.fail(execution));
        }
    }

    /** If the database fails too, a full disk for one, the first failure is still what the user is told. */
    private static void store(JobExecution execution, Runnable update) {
        try {
            update.run();
        } catch (RuntimeException e) {
            LOG.error("the end of attempt {} is not stored", execution.getId(), e);
        }
    }

    private static @Nullable String reason(JobExecution execution, Ending ending) {
        return switch (ending) {
            case COMPLETED, UNCHANGED -> null;
            case STOPPED -> "stopped by the user";
            case FAILED -> Reason.of(failure(execution));
        };
    }

    /** The first: those after it came of it. Spring Batch's own list of all is in no order. */
    private static Throwable failure(JobExecution execution) {
        var steps = execution.getStepExecutions().stream().flatMap(step -> step.getFailureExceptions().stream());
        return Stream.concat(steps, execution.getFailureExceptions().stream())
                .findFirst()
                .orElseGet(() -> new UserException("a step ended as failed"));
    }

    private SpringContext spring(RunContext context, ConsoleProgress progress) {
        var children =
                new Children(launcher, database, signals, store, context.run(), context.again(), runtime, progress);
        return new SpringContext(launcher.configuration(), store, context, children, progress);
    }

    private RunContext context(JobExecution execution) {
        return wanted.context(job.name(), execution.getJobInstanceId(), execution.getId(), launcher.project(), runtime);
    }

    private ConsoleProgress progress(long attempt) {
        return new ConsoleProgress(
                new ProgressTable(database.jdbc()), attempt, launcher.console(), prefix, store::checkNothingIsOpen);
    }

    /** So that the database can be lost. Where that fails, on a full disk for one, the run is none the worse. */
    private void keep(long run, HistoryFiles history) {
        try {
            history.writeAll(run);
            database.backup();
        } catch (RuntimeException | IOException | SQLException e) {
            LOG.error("the history or the backup of run {} is not up to date", run, e);
        }
    }
}
