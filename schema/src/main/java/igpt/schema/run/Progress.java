package igpt.schema.run;

import org.jspecify.annotations.Nullable;

/**
 * How far a step is, and how it goes. What is null is not known, or there is none.
 *
 * @param unit of done and total: iterations, images, probes
 * @param rate of the last half minute, in {@code rateUnit} a second
 * @param rateUnit in the plural
 * @param secondsLeft at that rate
 * @param loss nats a pixel, of the last iteration
 * @param checkpointSeconds that it took to write the last one
 */
public record Progress(
        long jobExecutionId,
        String step,
        long done,
        long total,
        String unit,
        @Nullable Double rate,
        @Nullable String rateUnit,
        @Nullable Double secondsLeft,
        @Nullable Double loss,
        @Nullable Double checkpointSeconds) {

    /** Of a step of which no more is known. */
    public static Progress of(long jobExecutionId, String step, long done, long total, String unit) {
        return new Progress(jobExecutionId, step, done, total, unit, null, null, null, null, null);
    }
}
