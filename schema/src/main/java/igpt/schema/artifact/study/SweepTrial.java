package igpt.schema.artifact.study;

import org.jspecify.annotations.Nullable;

/**
 * A learning rate tried.
 *
 * @param sweepId of its artifact
 * @param place 1, 2, … in the order tried
 * @param run of this rate
 * @param madeId the model's or classifier's artifact; null if the run diverged
 * @param validationNats the final loss of a model, nats a pixel
 * @param validationAccuracy of a classifier, a share of 1
 */
public record SweepTrial(
        long sweepId,
        int place,
        double learningRate,
        long run,
        @Nullable Long madeId,
        @Nullable Double validationNats,
        @Nullable Double validationAccuracy,
        boolean winner) {

    /** The lower the better: the loss, or the share of wrong answers; infinite if it diverged. */
    public double badness() {
        if (validationNats != null) {
            return validationNats;
        }
        return validationAccuracy != null ? 1 - validationAccuracy : Double.POSITIVE_INFINITY;
    }
}
