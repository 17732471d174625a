package igpt.schema.artifact.classifier;

/**
 * What features were taken of.
 *
 * @param featuresId of the artifact
 * @param iteration of the model's checkpoint
 * @param tap norm or residual
 */
public record FeatureSet(long featuresId, long modelId, long datasetId, long iteration, String tap) {}
