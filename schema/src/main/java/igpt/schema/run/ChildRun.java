package igpt.schema.run;

import org.jspecify.annotations.Nullable;

/**
 * A run that another launched as a part of itself.
 *
 * @param purpose in a few words: {@code learning_rate 0.003}
 * @param status of its newest attempt, KILLED included; null if it was killed before its first
 */
public record ChildRun(long run, String job, String purpose, @Nullable String status) {}
