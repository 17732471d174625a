package igpt.schema.artifact.model;

/**
 * What a model is.
 *
 * @param id of its artifact
 * @param objective ar or bert
 * @param weights parameters in all
 */
public record Model(
        long id, String objective, int layers, int width, int heads, int positions, int colours, long weights) {}
