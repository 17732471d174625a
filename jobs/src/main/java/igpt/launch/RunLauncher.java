package igpt.launch;

import igpt.batch.RunStore;
import igpt.batch.StoredParameters;
import igpt.config.Project;
import igpt.recipe.ChildFailedException;
import igpt.recipe.ChildRuns;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.runtime.ThreadPools;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.db.Database;
import igpt.schema.lock.RunLock;
import igpt.schema.run.RunChildren;
import igpt.schema.run.RuntimeSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;

/**
 * Works on runs, each under its lock: whoever has that knows that no other process works on it, so an attempt that still says
 * STARTED was killed.
 */
final class RunLauncher {
    private final JobCatalogue catalogue;
    private final List<Class<?>> configuration;
    private final Project project;
    private final Database database;
    private final RunListener listeners;
    private final RunOutputs outputs;
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

    /** @param configuration Spring configuration classes that define the steps of the catalogue's jobs */
    RunLauncher(
            JobCatalogue catalogue,
            List<Class<?>> configuration,
            Project project,
            Database database,
            RunListener listeners) {
        this.catalogue = catalogue;
        this.configuration = configuration;
        this.project = project;
        this.database = database;
        this.listeners = listeners;
        outputs = new RunOutputs(catalogue, project);
    }

    /**
     * Works on it, on this thread, until it ends otherwise than by a lost connection.
     *
     * @throws UserException if it is refused
     */
    Outcome launch(Launch launch, RunStore store) {
        long run = launch.number();
        if (!underWay.add(run)) {
            throw new UserException("run " + run + " is under way in this process: wait for it, or stop it");
        }
        try (var log = RunLog.linesOf(run)) {
            var outcome = locked(launch, store);
            listeners.ended(outcome);
            return outcome;
        } finally {
            underWay.remove(run);
        }
    }

    private Outcome locked(Launch launch, RunStore store) {
        try (var lock = database.lock(launch.number())) {
            return new Reconnection(database, lock, launch.run(), line -> say(launch, line))
                    .outlive(store, next -> attempt(launch, next, lock));
        }
    }

    private Outcome attempt(Launch launch, RunStore store, RunLock lock) {
        long number = launch.number();
        var run = launch.run();
        var job = launch.job();
        var wanted = launch.wanted();
        var last = store.lastAttempt(run);
        var lost = new LostFiles(outputs, database, store);
        boolean complete = last.isPresent() && last.get().getStatus() == BatchStatus.COMPLETED;
        var gone = last.isPresent() ? lost.of(run, job, wanted, complete) : List.<Artifact>of();
        boolean again = last.isPresent() && (!gone.isEmpty() || lost.folder(run));
        if (complete && !again) {
            if (launch.parent() != null) {
                say(launch, launch.name() + " is complete already");
            }
            return remakeParts(launch, lost, store).orElseGet(() -> Outcome.unchanged(number, job.name()));
        }
        lost.checkInputs(job, wanted, number);
        var runtime = launch.runtime().settle(number, database.jdbc(), line -> say(launch, line));
        ThreadPools.settle(runtime);
        wanted.context(job.name(), number, 0, project, runtime).device(); // or why not, before anything begins
        store.guard(lock);
        say(
                launch,
                last.map(attempt -> launch.name() + " resumes; it was " + ended(attempt, store)
                                + (again ? ", and its files are gone" : ""))
                        .orElseGet(launch::name));
        if (again) {
            lost.reopen(run, last.orElseThrow(), gone);
        }
        return attemptAt(launch, runtime, store).make();
    }

    private Attempt attemptAt(Launch launch, RuntimeSettings runtime, RunStore store) {
        return new Attempt(
                launch, configuration, project, runtime, store, database, listeners, new Children(launch, runtime));
    }

    /** Launches those of a complete run's parts that have lost files; empty if none has. */
    private Optional<Outcome> remakeParts(Launch whole, LostFiles lost, RunStore store) {
        Optional<Outcome> last = Optional.empty();
        for (var part : lost.parts(whole.run())) {
            if (!lost.some(part)) {
                continue;
            }
            var job = catalogue.named(part.getJobName());
            var wanted = job.stored(store.lastAttempt(part).orElseThrow());
            var now = RuntimeSettler.ofThisProcess(wanted);
            var runtime = RuntimeSettler.find(job, wanted, part.getInstanceId(), now, store, database.jdbc());
            var purpose = "part of run " + whole.number();
            var ended = launch(
                    new Launch(job, wanted, part, runtime, whole.number(), purpose, whole.top()),
                    new RunStore(database));
            last = Optional.of(ended);
            if (!ended.isComplete()) {
                break;
            }
        }
        return last;
    }

    /** How the last attempt ended; one that did not is declared dead, since we have its lock. */
    private static String ended(JobExecution last, RunStore store) {
        if (!RunStore.isOpen(last.getStatus())) {
            return last.getStatus().toString();
        }
        store.bury(last);
        return "KILLED";
    }

    /** Makes a job as a launch does, and does not run it. */
    void rehearse(Launch launch, RunStore store) {
        var begun = store.begin(launch.run(), launch.wanted().toSpring());
        attemptAt(launch, launch.runtime().found(), store).rehearse(begun);
        store.fail(begun);
    }

    private void say(Launch launch, String line) {
        listeners.said(launch.number(), line);
    }

    /** The runs that a run launches: in its process and on its thread, with its database and its settings. */
    private final class Children implements ChildRuns {
        private final Launch parent;
        private final RuntimeSettings runtime;

        Children(Launch parent, RuntimeSettings runtime) {
            this.parent = parent;
            this.runtime = runtime;
        }

        @Override
        public Child run(String job, Map<String, String> parameters, String purpose) throws JobInterruptedException {
            var definition = catalogue.named(job);
            var resolved = definition.parameters().resolve(Map.of(), parameters);
            return run(
                    job,
                    parameters,
                    definition.inputs(resolved, new Lookup(project, database.jdbc(), line -> {})),
                    purpose);
        }

        @Override
        public Child run(String job, Map<String, String> parameters, RunInputs inputs, String purpose)
                throws JobInterruptedException {
            var definition = catalogue.named(job);
            var resolved = definition.parameters().resolve(Map.of(), parameters);
            // What is done again is done again as a whole.
            return run(
                    definition,
                    new StoredParameters(resolved, inputs, parent.wanted().again()),
                    purpose);
        }

        private Child run(JobDefinition job, StoredParameters wanted, String purpose) throws JobInterruptedException {
            parent.top().makeWay("run " + job.name());
            var store = new RunStore(database);
            var run = store.findOrCreate(job.name(), wanted.toSpring());
            new RunChildren(database.jdbc()).add(parent.number(), run.getInstanceId(), purpose);
            var settler = RuntimeSettler.find(job, wanted, run.getInstanceId(), runtime, store, database.jdbc());
            var outcome = launch(new Launch(job, wanted, run, settler, parent.number(), purpose, parent.top()), store);
            return switch (outcome.ending()) {
                case COMPLETED, UNCHANGED ->
                    new Child(outcome.run(), outputs.of(job, wanted, outcome.run(), database.jdbc()));
                case STOPPED -> throw new JobInterruptedException("stopped by the user");
                case FAILED ->
                    throw new ChildFailedException(
                            outcome.run(),
                            "run %d %s (%s) failed: %s".formatted(outcome.run(), job.name(), purpose, outcome.reason()),
                            Objects.requireNonNull(outcome.failure()));
            };
        }
    }
}
