package igpt.schema.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a run: a row of the view run_history.
 *
 * @param attempt 1, 2, … within the run
 * @param parameters "name=value name=value"
 * @param status Spring Batch's, or KILLED for one that stands as running and is not
 * @param step the last begun
 * @param progress of that step: "300 / 900 iterations"
 * @param seconds to the end, or to the last sign of life
 * @param lastLoss nats a pixel at the newest checkpoint of the run's newest model
 * @param exitMessage with the stack trace, where it failed
 * @param execution Spring Batch's id of the attempt
 * @param parent the run that it is a part of; null for one that a user launched
 */
public record Run(
        long run,
        int attempt,
        String job,
        @Nullable String parameters,
        String status,
        @Nullable String step,
        @Nullable String progress,
        Instant started,
        @Nullable Instant ended,
        double seconds,
        @Nullable Double lastLoss,
        @Nullable String exitMessage,
        long execution,
        @Nullable Long parent) {

    public static final String KILLED = "KILLED";

    Run killed() {
        return new Run(
                run,
                attempt,
                job,
                parameters,
                KILLED,
                step,
                progress,
                started,
                ended,
                seconds,
                lastLoss,
                exitMessage,
                execution,
                parent);
    }
}
