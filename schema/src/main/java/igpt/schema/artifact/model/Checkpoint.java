package igpt.schema.artifact.model;

import org.jspecify.annotations.Nullable;

/**
 * A set of weights on disk.
 *
 * @param modelId of its artifact
 * @param path relative to the runs folder
 * @param trainNats nats a pixel of the iteration's batch
 * @param validationNats nats a pixel; null until evaluated
 */
public record Checkpoint(
        long modelId,
        long iteration,
        String path,
        String sha256,
        @Nullable Double trainNats,
        @Nullable Double validationNats) {}
