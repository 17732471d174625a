package igpt.launch;

import igpt.recipe.Recipe;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.db.Database;
import igpt.schema.folder.ArtifactFiles;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;

/** What rows say is complete and the disk no longer has: whoever removed it, it is made again by the run that made it. */
record LostFiles(Launcher launcher, Database database, RunStore store) {
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
            if (complete) return List.of();
            throw new UserException("the files of run %d are not here: %s; share that folder, or resume it there"
                    .formatted(number, elsewhere.get()));
        }
        var gone = gone(number);
        if (!gone.isEmpty()) {
            var made = launcher.made(job, wanted, number, database.jdbc());
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
        launcher.made(job, wanted, run, database.jdbc()).values().stream()
                .filter(artifact -> artifact.run() != run)
                .filter(artifact -> !isMadeAgain(artifact))
                .forEach(files::check);
    }

    /** By the step, as far as its folder is there. */
    private boolean isMadeAgain(Artifact artifact) {
        return launcher.catalogue()
                        .recipe(artifact.kind())
                        .filter(Recipe::isMended)
                        .isPresent()
                && Files.isDirectory(database.runsFolder().path().resolve(artifact.path()));
    }

    /** Launches those of a complete run's parts that have lost files; empty if none has. */
    Optional<Outcome> ofChildren(JobInstance run, StopSignals signals) {
        Optional<Outcome> last = Optional.empty();
        for (long number : descendants(run)) {
            var child = store.run(number).orElseThrow();
            var attempt = store.lastAttempt(child);
            if (attempt.isEmpty()
                    || attempt.get().getStatus() != BatchStatus.COMPLETED
                    || (gone(number).isEmpty() && !folder(child))) continue;
            var job = launcher.catalogue().named(child.getJobName());
            var wanted = Launcher.stored(number, job, attempt.get());
            var ended = launcher.attempt(
                    job,
                    wanted,
                    child,
                    new RunStore(database),
                    database,
                    signals,
                    "part of run " + run.getInstanceId(),
                    null);
            last = Optional.of(ended);
            if (ended.ending() != Outcome.Ending.COMPLETED && ended.ending() != Outcome.Ending.UNCHANGED) break;
        }
        return last;
    }

    /** What it launched, and these; of a sweep, the winner. In the order in which they were. */
    private Iterable<Long> descendants(JobInstance run) {
        var found = new TreeSet<Long>();
        var left = new ArrayDeque<>(List.of(run));
        while (!left.isEmpty()) {
            var next = left.remove();
            long number = next.getInstanceId();
            for (long child : launcher.catalogue().named(next.getJobName()).parts(number, database.jdbc())) {
                if (found.add(child)) store.run(child).ifPresent(left::add);
            }
        }
        return found;
    }
}
