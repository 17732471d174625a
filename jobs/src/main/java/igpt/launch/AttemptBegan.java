package igpt.launch;

import org.jspecify.annotations.Nullable;

/**
 * An attempt at a run has begun.
 *
 * @param parent the run that launched it; null where a user did
 * @param purpose in that one's words: {@code learning_rate 0.003}; empty where a user launched it
 */
public record AttemptBegan(long run, String job, long attempt, @Nullable Long parent, String purpose) {
    /** What its lines begin with. */
    String whose() {
        return parent == null ? "" : "run " + run + ": ";
    }
}
