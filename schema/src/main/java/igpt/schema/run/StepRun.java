package igpt.schema.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A step of an attempt: a row of the view step_history. */
public record StepRun(
        int attempt,
        String step,
        String status,
        @Nullable String progress,
        Instant started,
        @Nullable Instant ended,
        double seconds,
        long commits,
        @Nullable String exitMessage) {}
