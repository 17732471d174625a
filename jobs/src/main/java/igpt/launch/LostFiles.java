package igpt.launch;

import igpt.batch.RunStore;
import igpt.batch.StoredParameters;
import igpt.recipe.Recipe;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.db.Database;
import igpt.schema.folder.ArtifactFiles;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;

/** What rows say is complete and the disk no longer has: whoever removed it, it is made again by the run that made it. */
record LostFiles(RunOutputs outputs, Database database, RunStore store) {
    /**
     * The run's own artifacts that were complete.
     *
     * @param complete whether nothing is left to do for the run otherwise
     * @throws UserException if its files are in another machine's folder, or this program would make other ones
     */
    List<Artifact> of(JobInstance run, JobDefinition job, StoredParameters wanted, boolean complete) {
        long number = run.getInstanceId();
        var elsewhere = database.runsFolder().elsewhere(number);
        if (elsewhere.isPresent() && !database.runsFolder().has(number, job.name())) {
            if (complete) {
                return List.of();
            }
            throw new UserException("the files of run %d are not here: %s; share that folder, or resume it there"
                    .formatted(number, elsewhere.get()));
        }
        var gone = gone(number);
        if (!gone.isEmpty()) {
            var made = outputs.of(job, wanted, number, database.jdbc());
            for (var artifact : gone) {
                var now = made.get(artifact.kind());
                boolean other = now == null || now.id() != artifact.id();
                if (other && job.makes().stream().anyMatch(recipe -> isTheOnly(artifact, recipe))) {
                    throw new UserException(
                            "files of run %d are gone (%s), and this version of the program would make others: start it again, ./igpt run %s with its parameters and --again"
                                    .formatted(number, artifact.path(), job.name()));
                }
            }
        }
        return gone;
    }

    private static boolean isTheOnly(Artifact artifact, Recipe recipe) {
        return recipe.kind().equals(artifact.kind()) && !recipe.isOneOfSeveral();
    }

    private List<Artifact> gone(long run) {
        var files = new ArtifactFiles(database.jdbc(), database.runsFolder());
        return new Artifacts(database.jdbc())
                .ofRun(run).stream()
                        .filter(Artifact::complete)
                        .filter(artifact -> !files.there(artifact))
                        .filter(artifact -> files.elsewhere(artifact).isEmpty())
                        .toList();
    }

    /** Whether all that it had is gone, and not in another machine's folder. */
    boolean folder(JobInstance run) {
        var runs = database.runsFolder();
        return !runs.has(run.getInstanceId(), run.getJobName())
                && runs.elsewhere(run.getInstanceId()).isEmpty();
    }

    void reopen(JobInstance run, JobExecution last, List<Artifact> gone) {
        store.reopen(run, last, jdbc -> {
            var files = new ArtifactFiles(jdbc, database.runsFolder());
            gone.forEach(files::reopen);
            if (folder(run)) { // then of what was under way, too
                new Artifacts(jdbc)
                        .ofRun(run.getInstanceId()).stream()
                                .filter(artifact -> !artifact.complete())
                                .forEach(files::reopen);
            }
        });
    }

    /** @throws UserException if what the run begins with, or finds made by another, is gone or never was here */
    void checkInputs(JobDefinition job, StoredParameters wanted, long run) {
        var files = new ArtifactFiles(database.jdbc(), database.runsFolder());
        var artifacts = new Artifacts(database.jdbc());
        for (var input : wanted.inputs().artifacts()) {
            files.check(artifacts
                    .find(input.kind(), input.fingerprint())
                    .orElseThrow(() -> new UserException("the %s that run %d begins with was deleted: give another"
                            .formatted(input.kind().word(), run))));
        }
        outputs.of(job, wanted, run, database.jdbc()).values().stream()
                .filter(artifact -> artifact.run() != run)
                .filter(artifact -> !isMadeAgain(artifact))
                .forEach(files::check);
    }

    /** By the step, as far as its folder is there. */
    private boolean isMadeAgain(Artifact artifact) {
        return outputs.catalogue()
                        .recipe(artifact.kind())
                        .filter(Recipe::isMended)
                        .isPresent()
                && Files.isDirectory(database.runsFolder().path().resolve(artifact.path()));
    }

    /** Whether a complete run has lost any. */
    boolean some(JobInstance run) {
        boolean complete = store.lastAttempt(run).filter(RunStore::isComplete).isPresent();
        return complete && (!gone(run.getInstanceId()).isEmpty() || folder(run));
    }

    /** What it launched, and these; of a sweep, the winner. In the order in which they were. */
    List<JobInstance> parts(JobInstance run) {
        var found = new TreeMap<Long, JobInstance>();
        var left = new ArrayDeque<>(List.of(run));
        while (!left.isEmpty()) {
            var next = left.remove();
            var job = outputs.catalogue().named(next.getJobName());
            for (long child : job.parts(next.getInstanceId(), database.jdbc())) {
                if (!found.containsKey(child)) {
                    store.run(child).ifPresent(part -> {
                        found.put(child, part);
                        left.add(part);
                    });
                }
            }
        }
        return List.copyOf(found.values());
    }
}
