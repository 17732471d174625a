package igpt.schema.prediction;

/**
 * What new images were classified by.
 *
 * @param id of its artifact
 * @param classifierId a fine-tuned classifier, or probes
 * @param iteration of the checkpoint whose weights were used
 * @param layer that was read; of several the one in the middle
 * @param source a path, or a dataset's name
 * @param classes that it tells apart
 */
public record Classification(
        long id, long classifierId, long modelId, long iteration, int layer, String source, int classes) {}
