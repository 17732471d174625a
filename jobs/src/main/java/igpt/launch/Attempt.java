package igpt.launch;

import igpt.batch.RunStore;
import igpt.batch.SpringContext;
import igpt.config.Project;
import igpt.launch.Outcome.Ending;
import igpt.recipe.ChildRuns;
import igpt.recipe.RunContext;
import igpt.schema.Reason;
import igpt.schema.UserException;
import igpt.schema.db.Database;
import igpt.schema.db.HistoryFiles;
import igpt.schema.file.FolderGuard;
import igpt.schema.run.ProgressTable;
import igpt.schema.run.RuntimeSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;

/** One attempt at a run, by whoever has its lock. */
record Attempt(
        Launch launch,
        List<Class<?>> configuration,
        Project project,
        RuntimeSettings runtime,
        RunStore store,
        Database database,
        RunListener listeners,
        ChildRuns children) {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    Outcome make() {
        long start = System.nanoTime();
        long run = launch.number();
        var job = launch.job().name();
        var top = launch.top();
        var folder = database.runsFolder().begin(run, job);
        var execution = store.begin(launch.run(), launch.wanted().toSpring());
        var history = store.history(database.runsFolder());
        history.writeAll(run);
        store.record(run, history);
        var context = context(execution);
        var right = store.right();
        var began = launch.began(execution.getId());
        try (var log = RunLog.open(run, folder.resolve("log.txt"));
                var guard = FolderGuard.open(folder, "attempt-" + execution.getId(), right::confirm);
                var progress = progress(began);
                var passing = top.passOnTo(context, execution, store, progress)) {
            listeners.began(began);
            right.onLoss(reason ->
                    top.abandon(context, reason, stuck -> listeners.stuck(run, String.valueOf(stuck.getMessage()))));
            if (began.parent() == null) {
                right.onTrouble(progress::say); // those that it launched have the same database
            }
            LOG.info("attempt {}: {} {}; {}", execution.getId(), job, launch.wanted(), runtime);
            execute(execution, context, progress);
            var ending = Ending.of(execution.getStatus());
            var reason = reason(execution, ending);
            if (!store.lost()) {
                if (reason != null) {
                    store(execution, () -> store.explain(execution, reason));
                }
                keep(run, history);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Outcome(run, job, ending, reason, ending == Ending.FAILED ? failure(execution) : null, seconds);
        }
    }

    /** Makes the job and does not run it. */
    void rehearse(JobExecution execution) {
        var context = context(execution);
        try (var progress = progress(launch.began(execution.getId()));
                var spring = spring(context, progress)) {
            launch.job().build(context.parameters(), store.repository(), spring::step);
        }
    }

    private void execute(JobExecution execution, RunContext context, RunProgress progress) {
        try (var spring = spring(context, progress)) {
            launch.job()
                    .build(context.parameters(), store.repository(), spring::step)
                    .execute(execution);
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

    private SpringContext spring(RunContext context, RunProgress progress) {
        return new SpringContext(configuration, store, context, children, progress);
    }

    private RunContext context(JobExecution execution) {
        return launch.wanted().context(launch.job().name(), launch.number(), execution.getId(), project, runtime);
    }

    private RunProgress progress(AttemptBegan began) {
        return new RunProgress(new ProgressTable(database.jdbc()), began, listeners, store::checkNothingIsOpen);
    }

    /** So that the database can be lost. Where that fails, on a full disk for one, the run is none the worse. */
    private void keep(long run, HistoryFiles history) {
        try {
            history.writeAll(run);
            synchronized (database) { // one backup at a time
                database.backup();
            }
        } catch (RuntimeException | IOException | SQLException e) {
            LOG.error("the history or the backup of run {} is not up to date", run, e);
        }
    }
}
