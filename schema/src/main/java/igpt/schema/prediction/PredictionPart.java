package igpt.schema.prediction;

/**
 * A Parquet file of predictions.
 *
 * @param path relative to the runs folder
 */
public record PredictionPart(long classificationId, int part, String path, long rows, String sha256) {}
