package igpt.schema;

/** A broken image, left out by name. */
public record SkippedImage(long datasetId, String source, String reason) {}
