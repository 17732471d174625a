package igpt.schema.artifact;

/**
 * A number of a series.
 *
 * @param artifactId whose it is
 * @param name train_nats, validation_nats, test_nats (nats a pixel) or learning_rate
 */
public record Metric(long artifactId, long iteration, String name, double value) {}
