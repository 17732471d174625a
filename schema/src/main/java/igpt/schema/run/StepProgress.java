package igpt.schema.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a step of an attempt is: a row of the view step_progress. What is null is not known. */
public record StepProgress(
        int attempt,
        String step,
        long done,
        long total,
        String unit,
        @Nullable Double rate,
        @Nullable String rateUnit,
        @Nullable Double secondsLeft,
        @Nullable Double loss,
        @Nullable Double checkpointSeconds,
        Instant updated) {}
