package igpt.schema.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What the tokens mean that a dataset consists of or a model was trained on.
 *
 * @param resolution pixels a side of the pictures
 * @param palettePath relative to the runs folder
 * @param dataset the artifact of the images; null for a model that was imported without any
 */
public record Vocabulary(int resolution, int colours, String palettePath, @Nullable Long dataset) {}
