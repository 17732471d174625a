package igpt.schema.prediction;

/**
 * What new images' features were taken with.
 *
 * @param id of its artifact
 * @param iteration of the model's checkpoint
 * @param source a path, or a dataset's name
 * @param layers in order: {@code 3,4,5}
 * @param tap norm or residual
 */
public record Embedding(long id, long modelId, long iteration, String source, String layers, String tap) {}
