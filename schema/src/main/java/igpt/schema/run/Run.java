package igpt.schema.run;

import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
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
 * @param live how it goes; null for one that has ended or was killed
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
        @Nullable Long parent,
        @Nullable Live live) {

    public static final String KILLED = "KILLED";

    /** What Spring Batch stores of an attempt that has not ended. */
    static final Set<String> UNDER_WAY = Set.of("STARTING", "STARTED", "STOPPING", "UNKNOWN");

    /** Of how it goes; null for one that has ended or was killed. */
    public <T extends @Nullable Object> @Nullable T live(Function<Live, T> value) {
        return live == null ? null : value.apply(live);
    }

    /** Whether its process is there, but has not been heard of for a while. */
    public boolean silent() {
        return live != null && live.silent();
    }

    /** Whether it has neither ended nor been killed. */
    public boolean isUnderWay() {
        return UNDER_WAY.contains(status);
    }

    Run killed() {
        return with(KILLED, null);
    }

    Run with(Live now) {
        return with(status, now);
    }

    private Run with(String seen, @Nullable Live now) {
        return new Run(
                run,
                attempt,
                job,
                parameters,
                seen,
                step,
                progress,
                started,
                ended,
                seconds,
                lastLoss,
                exitMessage,
                execution,
                parent,
                now);
    }
}
