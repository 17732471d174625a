package igpt.recipe;

import igpt.schema.artifact.Artifact.Kind;

/**
 * An artifact, there or not, by what identifies it.
 *
 * @param fingerprint of all that it depends on
 */
public record Ingredient(Kind kind, String fingerprint) {}
