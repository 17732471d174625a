package igpt.recipe;

import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Provenance;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The artifacts of the run under way. Each is found by the fingerprint that its recipe gives it, so a step needs nothing
 * from the step before it, a resumed run finds its own, and another run's finished work is used and not done twice.
 */
@Component
public final class RunArtifacts {
    private final RunContext run;
    private final Artifacts artifacts;
    private final ProgressReporter progress;
    private final TransactionOperations atOnce;

    /** @param atOnce runs short transactions of its own: the start of an artifact is stored before the work, not with it */
    public RunArtifacts(RunContext run, Artifacts artifacts, ProgressReporter progress, TransactionOperations atOnce) {
        this.run = run;
        this.artifacts = artifacts;
        this.progress = progress;
        this.atOnce = atOnce;
    }

    /** The artifact that the run makes or was given, if it has been begun. */
    public Optional<Artifact> find(Recipe recipe) {
        return find(recipe.of(run));
    }

    /** @throws IllegalStateException if it has not been begun */
    public Artifact get(Recipe recipe) {
        return get(recipe.of(run));
    }

    /** @throws IllegalStateException if it is not there */
    public Artifact get(ArtifactKey wanted) {
        return find(wanted)
                .orElseThrow(() -> new IllegalStateException(
                        "no " + wanted.kind().word() + " of fingerprint " + wanted.fingerprint()));
    }

    private Optional<Artifact> find(ArtifactKey wanted) {
        return artifacts.find(wanted.kind(), wanted.fingerprint());
    }

    /**
     * The artifact that the run makes; if another attempt left it unfinished, it is resumed.
     *
     * @throws UserException if it was left unfinished on another device or with other settings, or another run is making it
     *     right now
     */
    public Artifact begin(Recipe recipe, String name) {
        var inputs = recipe.madeFrom(run).stream().map(input -> get(input).id()).toList();
        var path = relative(run.folder().resolve(recipe.folder(run)));
        var provenance = provenance(recipe);
        return Objects.requireNonNull(atOnce.execute(now -> artifacts.begin(
                recipe.kind(), name, recipe.fingerprint(run), run.attempt(), path, provenance, inputs)));
    }

    /** Whether nothing is left to do for it. If another run made it, the user is told. */
    public boolean isDone(Artifact artifact) {
        if (artifact.complete() && artifact.run() != run.number()) {
            progress.say(
                    "%s %s: unchanged since run %d".formatted(artifact.kind().word(), artifact.name(), artifact.run()));
        }
        return artifact.complete();
    }

    /** Marks it usable, in the caller's transaction. */
    public void complete(Artifact artifact) {
        artifacts.complete(artifact.id());
    }

    /** The folder of the artifact's files. */
    public Path folder(Artifact artifact) {
        return resolve(artifact.path());
    }

    /** A file as rows name it. */
    public String relative(Path file) {
        return run.runs().relativize(file).toString();
    }

    /** A file that a row names. */
    public Path resolve(String path) {
        return run.runs().resolve(path);
    }

    private Provenance provenance(Recipe recipe) {
        if (!recipe.isComputedByNetwork()) {
            return run.provenance();
        }
        var device = run.device().name();
        find(recipe).filter(begun -> !begun.complete()).ifPresent(begun -> {
            checkDevice(begun, device);
            checkRuntime(begun, run.provenance().runtime());
        });
        return run.provenance().on(device);
    }

    private static void checkDevice(Artifact begun, String device) {
        var before = begun.provenance().device();
        if (!before.equals(device)) {
            throw new UserException(
                    "run %d began its %s on another device (%s, now %s), which rounds differently: resume it there, or begin again with --again"
                            .formatted(begun.run(), begun.kind().word(), before, device));
        }
    }

    private static void checkRuntime(Artifact begun, String now) {
        var before = begun.provenance().runtime();
        if (!before.isEmpty() && !before.equals(now)) { // empty: begun before settings were stored
            throw new UserException(
                    "run %d began its %s with other settings, which round differently (%s; now %s): ./igpt resume %1$d, or begin again with --again"
                            .formatted(begun.run(), begun.kind().word(), before, now));
        }
    }
}
