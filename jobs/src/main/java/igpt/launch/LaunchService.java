package igpt.launch;

import igpt.batch.RunStore;
import igpt.batch.StoredParameters;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.schema.UserException;
import igpt.schema.db.Database;
import igpt.schema.run.RunChildren;
import igpt.schema.run.RuntimeSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Starts runs and resumes them, without waiting for their ends, in a process that has the database open meanwhile. Several may
 * be under way, if they compute with the same number of threads; each can be stopped by itself.
 */
public final class LaunchService implements AutoCloseable {
    private final JobCatalogue catalogue;
    private final Project project;
    private final @Nullable Path compilations;
    private final Database database;
    private final RunLauncher launcher;
    private final Listeners listeners = new Listeners();
    private final List<Consumer<LaunchedRun>> onLaunch = new CopyOnWriteArrayList<>();
    private final Map<Long, LaunchedRun> underWay = new LinkedHashMap<>(); // guarded by this
    private @Nullable KeptCompilations kept; // guarded by this

    /**
     * @param configuration Spring configuration classes that define the steps of the catalogue's jobs
     * @param compilations where XLA's are kept; null: nowhere
     * @throws UserException if another process has the database
     */
    public LaunchService(
            JobCatalogue catalogue, List<Class<?>> configuration, Project project, @Nullable Path compilations) {
        this.catalogue = catalogue;
        this.project = project;
        this.compilations = compilations;
        database = Database.forJob(project.database());
        launcher = new RunLauncher(catalogue, configuration, project, database, listeners);
    }

    /** From now on it is told how runs go. */
    public void listen(RunListener listener) {
        listeners.add(listener);
    }

    /** From now on it is given every run that is launched, before that begins. */
    public void onLaunch(Consumer<LaunchedRun> consumer) {
        onLaunch.add(consumer);
    }

    /**
     * Starts a run, or resumes the one of the same parameters.
     *
     * @throws UserException if it cannot be started
     */
    public LaunchedRun start(RunRequest request) {
        var job = request.job();
        var store = new RunStore(database);
        var lookup = new Lookup(project, database.jdbc(), line -> listeners.said(0, line));
        var wanted = job.resolve(request.parameters(), lookup);
        if (request.again()) {
            wanted = store.again(job.name(), wanted);
        }
        var before = store.find(job.name(), wanted.toSpring());
        var runtime = runtime(job, wanted, before, store);
        if (before.flatMap(store::lastAttempt).filter(RunStore::isComplete).isEmpty()) {
            new DryRun(catalogue, project)
                    .forecaster(job, wanted, before, runtime.found(), store, database)
                    .make(false)
                    .warnings()
                    .forEach(lookup.say()::accept);
        }
        return launch(job, wanted, store.findOrCreate(job.name(), wanted.toSpring()), runtime, store);
    }

    /**
     * Resumes a run as it was started.
     *
     * @param number null: the last that is not complete
     * @throws UserException if there is none, or it cannot be resumed
     */
    public LaunchedRun resume(@Nullable Long number) {
        var store = new RunStore(database);
        long wanted = number != null ? number : lastUnfinished(database.jdbc());
        var run = store.run(wanted).orElseThrow(() -> UsageException.noRun(wanted));
        var parameters = store.lastAttempt(run)
                .map(JobExecution::getJobParameters)
                .or(() -> store.requested(run))
                .orElseThrow(
                        () -> new UsageException("run " + wanted + " was refused: ./igpt run " + run.getJobName()));
        var job = catalogue.named(run.getJobName());
        var stored = job.stored(wanted, parameters);
        return launch(job, stored, run, runtime(job, stored, Optional.of(run), store), store);
    }

    /** To be asked, while this is open. */
    public Database database() {
        return database;
    }

    /** Those that were launched and have not ended, in the order in which they were. */
    public synchronized List<LaunchedRun> underWay() {
        return List.copyOf(underWay.values());
    }

    private RuntimeSettler runtime(
            JobDefinition job, StoredParameters wanted, Optional<JobInstance> run, RunStore store) {
        long number = run.map(JobInstance::getInstanceId).orElse(0L);
        var now = RuntimeSettler.ofThisProcess(wanted);
        return RuntimeSettler.find(job, wanted, number, now, store, database.jdbc());
    }

    private LaunchedRun launch(
            JobDefinition job, StoredParameters wanted, JobInstance run, RuntimeSettler runtime, RunStore store) {
        var launched = new LaunchedRun(run.getInstanceId(), job.name());
        var launch = new Launch(job, wanted, run, runtime, null, "", launched);
        synchronized (this) {
            if (underWay.putIfAbsent(launched.run(), launched) != null) {
                throw new UserException(launch.name() + " is under way in this process");
            }
        }
        try {
            keepCompilations(runtime.found());
            onLaunch.forEach(consumer -> consumer.accept(launched));
        } catch (RuntimeException e) {
            forget(launched);
            throw e;
        }
        var thread = new Thread(() -> work(launch, store), "run " + launched.run());
        thread.setDaemon(true);
        thread.start();
        return launched;
    }

    private void work(Launch launch, RunStore store) {
        var launched = launch.top();
        try {
            var outcome = launcher.launch(launch, store);
            forget(launched);
            launched.end(outcome);
        } catch (Throwable e) {
            forget(launched);
            refused(launch, store, e);
            launched.refuse(e);
        }
    }

    private static void refused(Launch launch, RunStore store, Throwable reason) {
        try {
            store.refused(launch.run());
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private synchronized void forget(LaunchedRun launched) {
        underWay.remove(launched.run());
    }

    /** Those of the first run's settings: the process computes with no others. */
    private synchronized void keepCompilations(RuntimeSettings settings) {
        if (kept == null && compilations != null) {
            kept = KeptCompilations.open(compilations, settings);
        }
    }

    /** Of a run and its children, the run: it resumes them. A child that failed may have been all its parent wanted. */
    private static long lastUnfinished(JdbcClient jdbc) {
        var children = new RunChildren(jdbc);
        long run = children.lastUnfinished()
                .orElseThrow(() -> new UsageException("there is no failed or stopped run to resume"));
        for (var parent = children.unfinishedParent(run); parent.isPresent(); ) {
            run = parent.get();
            parent = children.unfinishedParent(run);
        }
        return run;
    }

    /**
     * Makes every job, as a launch does, and runs none.
     *
     * @param meanwhile while the database is open, with an attempt at each job to be read
     */
    public void rehearse(Runnable meanwhile) {
        var store = new RunStore(database);
        for (var job : catalogue.jobs()) {
            var stored = new StoredParameters(job.parameters().resolve(Map.of(), Map.of()), RunInputs.NONE, 0);
            var run = store.findOrCreate(job.name(), stored.toSpring());
            var runtime = runtime(job, stored, Optional.of(run), store);
            var launched = new LaunchedRun(run.getInstanceId(), job.name());
            launcher.rehearse(new Launch(job, stored, run, runtime, null, "", launched), store);
        }
        meanwhile.run();
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        for (var run : underWay())
            run.outcome().handle((outcome, refused) -> run).join();
        synchronized (this) {
            if (kept != null) {
                kept.close();
            }
        }
        database.close();
    }
}
