package igpt.schema.parquet;

/** A finished file: its rows, counted by reading it again, and the SHA-256 of its bytes. */
public record Written(long rows, String sha256) {}
