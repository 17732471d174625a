package igpt.page.api;

import igpt.schema.artifact.Artifact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run has made.
 *
 * @param path relative to the runs folder; of an export, absolute
 * @param completed null while it is being made
 */
record ArtifactView(
        long artifact,
        String kind,
        String name,
        long run,
        String path,
        Instant created,
        @Nullable Instant completed,
        String gitCommit,
        String fingerprint) {

    static ArtifactView of(Artifact artifact) {
        return new ArtifactView(
                artifact.id(),
                artifact.kind().name(),
                artifact.name(),
                artifact.run(),
                artifact.path(),
                artifact.createdAt(),
                artifact.completedAt(),
                artifact.provenance().gitCommit(),
                artifact.fingerprint());
    }
}
