package igpt.launch;

import igpt.config.ParameterSet;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.console.Console;
import igpt.recipe.Lookup;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunInputs;
import igpt.runtime.ThreadPools;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.RuntimeSettings;
import igpt.schema.db.Database;
import igpt.schema.lock.RunLock;
import igpt.schema.run.RunChildren;
import igpt.schema.run.RunRuntimes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Starts and resumes runs. Whoever has the run's lock knows that no other process works on it, so an attempt
 * that still says STARTED was killed.
 *
 * @param configuration Spring configuration classes that define the steps of the catalogue's jobs
 */
public record Launcher(JobCatalogue catalogue, List<Class<?>> configuration, Project project, Console console) {

    /**
     * Starts a run, or resumes the one of the same parameters.
     *
     * @param again whether to start again what is complete
     * @throws UserException if it cannot be started
     */
    public Outcome run(JobDefinition job, ParameterSet parameters, boolean again) {
        try (var database = Database.forJob(project.database())) {
            var store = new RunStore(database);
            var wanted = resolve(job, parameters, database.jdbc(), this::say);
            if (again) wanted = again(job, wanted, store);
            var before = store.find(job.name(), wanted.toSpring());
            if (before.flatMap(store::lastAttempt).filter(RunStore::isComplete).isEmpty()) {
                forecaster(job, wanted, before, store, database)
                        .make(false)
                        .warnings()
                        .forEach(this::say);
            }
            var run = store.findOrCreate(job.name(), wanted.toSpring());
            return attempt(job, wanted, run, store, database);
        }
    }

    /**
     * Goes on with a run as it was started.
     *
     * @param number null: the last that is not complete
     */
    public Outcome resume(@Nullable Long number) {
        try (var database = Database.forJob(project.database())) {
            var store = new RunStore(database);
            long wanted = number != null ? number : lastUnfinished(database.jdbc());
            var run = store.run(wanted).orElseThrow(() -> UsageException.noRun(wanted));
            var last = store.lastAttempt(run)
                    .orElseThrow(
                            () -> new UsageException("run " + wanted + " never began: ./igpt run " + run.getJobName()));
            var job = catalogue.named(run.getJobName());
            return attempt(job, stored(wanted, job, last), run, store, database);
        }
    }

    static StoredParameters stored(long run, JobDefinition job, JobExecution last) {
        try {
            return StoredParameters.of(last.getJobParameters(), job.parameters());
        } catch (UsageException e) {
            throw new UsageException(
                    "run %d was started by another version of the program (%s): start it again, ./igpt run %s"
                            .formatted(run, e.getMessage(), job.name()),
                    e);
        }
    }

    /** What {@link #run} would do; changes nothing. */
    public Plan plan(JobDefinition job, ParameterSet parameters, boolean again, Consumer<String> say) {
        try (var database = Database.forReading(project.database())) {
            var store = new RunStore(database);
            var wanted = resolve(job, parameters, database.jdbc(), say);
            if (again) wanted = again(job, wanted, store);
            var run = store.find(job.name(), wanted.toSpring());
            long number = run.map(JobInstance::getInstanceId).orElse(0L);
            var made = made(job, wanted, number, database.jdbc());
            var finished = made.values().stream()
                    .filter(artifact -> artifact.run() != number)
                    .toList();
            var done = DoneSteps.of(job, made, number, database.jdbc());
            return new Plan(number, run.flatMap(store::lastAttempt), finished, done);
        }
    }

    /** What {@link #run} would ask of the machine, in lines; may try a few iterations for it, and changes nothing. */
    public List<String> forecast(JobDefinition job, ParameterSet parameters, boolean again) {
        try (var database = Database.forReading(project.database())) {
            var store = new RunStore(database);
            var wanted = resolve(job, parameters, database.jdbc(), line -> {});
            if (again) wanted = again(job, wanted, store);
            var run = store.find(job.name(), wanted.toSpring());
            return forecaster(job, wanted, run, store, database).make(true).lines();
        }
    }

    private Forecaster forecaster(
            JobDefinition job, StoredParameters wanted, Optional<JobInstance> run, RunStore store, Database database) {
        long number = run.map(JobInstance::getInstanceId).orElse(0L);
        var finished = made(job, wanted, number, database.jdbc());
        var runtime = settler(store, database, null).find(job, wanted, number);
        return new Forecaster(job, wanted, runtime, project, store, database.jdbc(), finished, number);
    }

    /**
     * What a run and those that it launched have made, or found made already; each once.
     *
     * @throws UsageException if there is no such run
     */
    public List<Artifact> made(long run, Database database) {
        var store = new RunStore(database);
        var made = new LinkedHashSet<Artifact>();
        var left = new ArrayDeque<>(List.of(run));
        while (!left.isEmpty()) {
            long next = left.remove();
            var instance = store.run(next).orElseThrow(() -> UsageException.noRun(next));
            var job = catalogue.named(instance.getJobName());
            store.lastAttempt(instance).ifPresent(last -> made.addAll(made(job, last, database.jdbc())));
            left.addAll(job.parts(next, database.jdbc()));
        }
        return List.copyOf(made);
    }

    private Collection<Artifact> made(JobDefinition job, JobExecution last, JdbcClient jdbc) {
        long run = last.getJobInstanceId();
        try {
            var stored = StoredParameters.read(last.getJobParameters(), job.parameters());
            return made(job, stored, run, jdbc).values();
        } catch (UsageException e) {
            // Another version's: what others made for such parameters cannot be asked for any more.
            return new Artifacts(jdbc)
                    .ofRun(run).stream().filter(Artifact::complete).toList();
        }
    }

    /** What such a run would leave, as far as it is there and whole. */
    Map<Kind, Artifact> made(JobDefinition job, StoredParameters wanted, long run, JdbcClient jdbc) {
        var artifacts = new RunArtifacts(
                wanted.context(job.name(), run, 0, project),
                new Artifacts(jdbc),
                new NoProgress(),
                TransactionOperations.withoutTransaction());
        var made = new LinkedHashMap<Kind, Artifact>();
        job.makes().forEach(recipe -> artifacts
                .find(recipe)
                .filter(Artifact::complete)
                .ifPresent(artifact -> made.put(recipe.kind(), artifact)));
        return made;
    }

    /**
     * Opens the database and makes every job, as a launch does, and runs none.
     *
     * @param meanwhile while the database is open, with an attempt at each job to be read
     */
    public void rehearse(Runnable meanwhile) {
        try (var database = Database.forJob(project.database())) {
            var store = new RunStore(database);
            for (var job : catalogue.jobs()) {
                var stored = new StoredParameters(job.parameters().resolve(Map.of(), Map.of()), RunInputs.NONE, 0);
                var begun = store.begin(store.findOrCreate(job.name(), stored.toSpring()), stored.toSpring());
                var runtime = settler(store, database, null).find(job, stored, begun.getJobInstanceId());
                new Attempt(this, job, stored, runtime, store, database, StopSignals.none(), "").rehearse(begun);
                store.fail(begun);
            }
            meanwhile.run();
        }
    }

    private StoredParameters resolve(
            JobDefinition job, ParameterSet parameters, JdbcClient jdbc, Consumer<String> say) {
        try {
            return new StoredParameters(parameters, job.inputs(parameters, new Lookup(project, jdbc, say)), 0);
        } catch (UsageException e) {
            throw e;
        } catch (UserException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private static StoredParameters again(JobDefinition job, StoredParameters wanted, RunStore store) {
        var next = wanted;
        for (int again = 1; store.find(job.name(), next.toSpring()).isPresent(); again++) {
            next = wanted.again(again);
        }
        return next;
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

    private Outcome attempt(
            JobDefinition job, StoredParameters wanted, JobInstance run, RunStore store, Database database) {
        try (var signals = StopSignals.install();
                var compilations =
                        KeptCompilations.open(settler(store, database, null).find(job, wanted, run.getInstanceId()))) {
            return attempt(job, wanted, run, store, database, signals, "", null);
        }
    }

    /**
     * @param purpose of a run that another launches; empty for one that the user did
     * @param parent the settings of the run that launches it
     */
    Outcome attempt(
            JobDefinition job,
            StoredParameters wanted,
            JobInstance run,
            RunStore store,
            Database database,
            StopSignals signals,
            String purpose,
            @Nullable RuntimeSettings parent) {
        try (var lock = database.lock(run.getInstanceId())) {
            return new Reconnection(database, lock, run, signals, this::say)
                    .outlive(store, next -> attempt(job, wanted, run, next, database, signals, purpose, parent, lock));
        }
    }

    private Outcome attempt(
            JobDefinition job,
            StoredParameters wanted,
            JobInstance run,
            RunStore store,
            Database database,
            StopSignals signals,
            String purpose,
            @Nullable RuntimeSettings parent,
            RunLock lock) {
        long number = run.getInstanceId();
        var name = "run %d %s".formatted(number, job.name()) + (purpose.isEmpty() ? "" : " (" + purpose + ")");
        var last = store.lastAttempt(run);
        var lost = new LostFiles(this, database, store);
        boolean complete = last.isPresent() && last.get().getStatus() == BatchStatus.COMPLETED;
        var gone = last.isPresent() ? lost.of(run, job, wanted, complete) : List.<Artifact>of();
        boolean again = last.isPresent() && (!gone.isEmpty() || lost.folder(run));
        if (complete && !again) {
            if (!purpose.isEmpty()) say(name + " is complete already");
            return lost.ofChildren(run, signals).orElseGet(() -> Outcome.unchanged(number, job.name()));
        }
        lost.checkInputs(job, wanted, number);
        var runtime = settler(store, database, parent).settle(job, wanted, number);
        ThreadPools.settle(runtime);
        wanted.context(job.name(), number, 0, project, runtime).device(); // or why not, before anything begins
        store.guard(lock);
        say(last.map(attempt ->
                        name + " resumes; it was " + ended(attempt, store) + (again ? ", and its files are gone" : ""))
                .orElse(name));
        if (again) lost.reopen(run, last.orElseThrow(), gone);
        var prefix = purpose.isEmpty() ? "" : "run " + number + ": ";
        return new Attempt(this, job, wanted, runtime, store, database, signals, prefix).make(run);
    }

    private RuntimeSettler settler(RunStore store, Database database, @Nullable RuntimeSettings parent) {
        return new RuntimeSettler(store, new RunRuntimes(database.jdbc()), parent, this::say);
    }

    /** How the last attempt ended; one that did not is declared dead, since we have its lock. */
    private static String ended(JobExecution last, RunStore store) {
        if (!RunStore.isOpen(last.getStatus())) return last.getStatus().toString();
        store.bury(last);
        return "KILLED";
    }

    private void say(String line) {
        console.out().println(line);
    }
}
