package igpt.schema.prediction;

import org.jspecify.annotations.Nullable;

/**
 * The likeliest class of an image.
 *
 * @param image its place among the images
 * @param label its class by name; null where there is none
 * @param correct null where there is no label that the classifier knows
 */
public record Prediction(
        long image,
        String file,
        @Nullable String label,
        String predicted,
        double probability,
        @Nullable Boolean correct) {}
