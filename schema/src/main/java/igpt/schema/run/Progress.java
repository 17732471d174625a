package igpt.schema.run;

/**
 * How far a step is.
 *
 * @param unit of done and total: iterations, images, probes
 */
public record Progress(long jobExecutionId, String step, long done, long total, String unit) {}
