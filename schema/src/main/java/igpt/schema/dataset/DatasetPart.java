package igpt.schema.dataset;

/**
 * One Parquet file of a dataset.
 *
 * @param split train, validation or test
 * @param path relative to the runs folder
 */
public record DatasetPart(long datasetId, String split, int part, String path, long rows, String sha256) {}
