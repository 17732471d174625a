package igpt.recipe;

import igpt.schema.artifact.Artifact.Kind;

/**
 * What identifies an artifact, whether it exists yet or not.
 *
 * @param fingerprint a hash of everything it depends on
 */
public record ArtifactKey(Kind kind, String fingerprint) {}
