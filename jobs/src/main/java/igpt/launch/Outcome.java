package igpt.launch;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;

/**
 * How a launch ended.
 *
 * @param run its number
 * @param reason one line, of a failure
 * @param failure itself
 * @param seconds of this attempt
 */
public record Outcome(
        long run, String job, Ending ending, @Nullable String reason, @Nullable Throwable failure, double seconds) {

    public enum Ending {
        COMPLETED,
        /** It was complete before; nothing was done. */
        UNCHANGED,
        STOPPED,
        FAILED;

        static Ending of(BatchStatus status) {
            return switch (status) {
                case COMPLETED -> COMPLETED;
                case STOPPED -> STOPPED;
                default -> FAILED;
            };
        }
    }

    boolean isComplete() {
        return ending == Ending.COMPLETED || ending == Ending.UNCHANGED;
    }

    static Outcome unchanged(long run, String job) {
        return new Outcome(run, job, Ending.UNCHANGED, null, null, 0);
    }
}
