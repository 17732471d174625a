package igpt.recipe;

import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.file.Checksums;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What an artifact of one kind is: what it is made from, by which version of the code, where its files are, and what
 * {@code show} and {@code report} print of it. Each kind has one, in the stage that makes it. A recipe has no state.
 */
public abstract class Recipe {
    private final Kind kind;
    private final int version;

    /** @param version increased when a change to the code changes the result by more than rounding */
    protected Recipe(Kind kind, int version) {
        this.kind = kind;
        this.version = version;
    }

    public final Kind kind() {
        return kind;
    }

    /**
     * Everything that the result depends on, apart from the version: parameters, and the fingerprints of its inputs. Their
     * order and their text never change. A new parameter is added only where it differs from its default, so that existing
     * artifacts keep their fingerprints.
     */
    protected abstract List<Object> dependsOn(RunContext run);

    /** The fingerprint of the artifact that the run was given; empty if the run makes its own. */
    protected Optional<String> given(RunContext run) {
        return Optional.empty();
    }

    /** The artifacts that it is made from: its lineage. */
    protected List<ArtifactKey> madeFrom(RunContext run) {
        return List.of();
    }

    /** The steps that make it, in order, whatever the job. */
    public abstract List<StepDescription> steps();

    /** Where its files are: a folder in the run's own. */
    protected String folder(RunContext run) {
        return kind.word();
    }

    /** Whether a network computes it. If so, another device or other settings would round its sums differently. */
    protected boolean isComputedByNetwork() {
        return false;
    }

    /** Whether its step checks all of its files, whichever run made it, and makes the missing ones again. */
    public boolean isMended() {
        return false;
    }

    /** Whether a run may make several of this kind; the one that its job names is the result. */
    public boolean isOneOfSeveral() {
        return false;
    }

    /** The tables that {@code show} prints of the artifacts a run has made. Without any, the same tables have no rows. */
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        return List.of();
    }

    /** The pictures among the artifact's files that {@code report} shows. */
    public List<Picture> pictures(JdbcClient jdbc, Artifact artifact) {
        return List.of();
    }

    /** The numbers that {@code report} compares with the paper. */
    public List<Measurement> measurements(JdbcClient jdbc, Artifact artifact) {
        return List.of();
    }

    /** The iteration of the checkpoint that it was made from, by which {@code report} sorts; empty if there is none. */
    public OptionalLong iteration(JdbcClient jdbc, Artifact artifact) {
        return OptionalLong.empty();
    }

    /** A hash of everything it depends on, by which finished work is found again. */
    public final String fingerprint(RunContext run) {
        return given(run).orElseGet(() -> hash(run));
    }

    /** The artifact that the run makes or was given. */
    public final ArtifactKey of(RunContext run) {
        return new ArtifactKey(kind, fingerprint(run));
    }

    /** {@code --again} is part of what the run makes, and not of what it was given. */
    private String hash(RunContext run) {
        var parts = new ArrayList<String>(List.of(kind.word(), String.valueOf(version)));
        dependsOn(run).forEach(part -> parts.add(String.valueOf(part)));
        parts.add("again " + run.again());
        return Checksums.sha256OfText(String.join("\n", parts));
    }

    /** Those of this kind. */
    public final List<Artifact> among(List<Artifact> artifacts) {
        return artifacts.stream().filter(one -> one.kind().equals(kind)).toList();
    }
}
