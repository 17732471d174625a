package igpt.schema;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A step of an attempt: a row of the view step_history. */
public record StepRun(
        int attempt,
        String step,
        String status,
        @Nullable String progress,
        LocalDateTime started,
        @Nullable LocalDateTime ended,
        double seconds,
        long commits,
        @Nullable String exitMessage) {}
