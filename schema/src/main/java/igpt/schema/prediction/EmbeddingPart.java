package igpt.schema.prediction;

/**
 * A Parquet file of features.
 *
 * @param rows one an image and layer
 * @param path relative to the runs folder
 */
public record EmbeddingPart(long embeddingId, int part, String path, long rows, long images, String sha256) {}
