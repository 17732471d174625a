package igpt.launch;

import igpt.console.ConsoleProgress;
import igpt.recipe.ChildFailedException;
import igpt.recipe.ChildRuns;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.schema.artifact.RuntimeSettings;
import igpt.schema.db.Database;
import igpt.schema.run.RunChildren;
import java.util.Map;
import java.util.Objects;
import org.springframework.batch.core.job.JobInterruptedException;

/**
 * The runs that a run launches: in its process and on its thread, with its database and its signals.
 *
 * @param store the parent's
 * @param parent the run's number
 * @param runtime the parent's settings
 * @param again the parent's: what is done again is done again as a whole
 */
record Children(
        Launcher launcher,
        Database database,
        StopSignals signals,
        RunStore store,
        long parent,
        int again,
        RuntimeSettings runtime,
        ConsoleProgress progress)
        implements ChildRuns {
    @Override
    public Child run(String job, Map<String, String> parameters, String purpose) throws JobInterruptedException {
        var description = launcher.catalogue().named(job);
        var resolved = description.parameters().resolve(Map.of(), parameters);
        var inputs = description.inputs(resolved, new Lookup(launcher.project(), database.jdbc(), line -> {}));
        return run(description, new StoredParameters(resolved, inputs, again), purpose);
    }

    @Override
    public Child run(String job, Map<String, String> parameters, RunInputs inputs, String purpose)
            throws JobInterruptedException {
        var description = launcher.catalogue().named(job);
        var resolved = description.parameters().resolve(Map.of(), parameters);
        return run(description, new StoredParameters(resolved, inputs, again), purpose);
    }

    private Child run(JobDefinition job, StoredParameters wanted, String purpose) throws JobInterruptedException {
        store.checkNothingIsOpen("run " + job.name());
        progress.settle();
        var outcome = attempt(job, wanted, purpose);
        return switch (outcome.ending()) {
            case COMPLETED, UNCHANGED ->
                new Child(outcome.run(), launcher.made(job, wanted, outcome.run(), database.jdbc()));
            case STOPPED -> throw new JobInterruptedException("stopped by the user");
            case FAILED ->
                throw new ChildFailedException(
                        outcome.run(),
                        "run %d %s (%s) failed: %s".formatted(outcome.run(), job.name(), purpose, outcome.reason()),
                        Objects.requireNonNull(outcome.failure()));
        };
    }

    private Outcome attempt(JobDefinition job, StoredParameters wanted, String purpose) {
        var store = new RunStore(database);
        var run = store.findOrCreate(job.name(), wanted.toSpring());
        new RunChildren(database.jdbc()).add(parent, run.getInstanceId(), purpose);
        return launcher.attempt(job, wanted, run, store, database, signals, purpose, runtime);
    }
}
