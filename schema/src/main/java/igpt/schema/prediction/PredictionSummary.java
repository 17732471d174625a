package igpt.schema.prediction;

import org.jspecify.annotations.Nullable;

/**
 * How many predictions are right.
 *
 * @param labelled images whose label the classifier knows
 * @param accuracy their share that is right, 0 to 1; null where there are none
 * @param standardError of it
 */
public record PredictionSummary(
        long images, long labelled, @Nullable Double accuracy, @Nullable Double standardError) {}
