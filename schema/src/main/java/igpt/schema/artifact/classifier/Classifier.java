package igpt.schema.artifact.classifier;

import org.jspecify.annotations.Nullable;

/**
 * A model fine-tuned with a classifier on one of its layers.
 *
 * @param id of its artifact
 * @param modelId what it began with; with a random start, the one whose size it has
 * @param start pretrained or random
 * @param loss joint or classification
 * @param layer that the head reads
 * @param iteration the best on validation images
 * @param validationAccuracy at that iteration, 0 to 1
 * @param testAccuracy null until tested
 * @param voteAccuracy of several masks; null without
 * @param protocol how it was chosen and tested, in words
 */
public record Classifier(
        long id,
        long modelId,
        long datasetId,
        String start,
        String loss,
        int layer,
        double learningRate,
        long iteration,
        double validationAccuracy,
        @Nullable Double testAccuracy,
        @Nullable Double voteAccuracy,
        String protocol) {

    /** The same with what the test gave. */
    public Classifier tested(double accuracy, @Nullable Double vote) {
        return new Classifier(
                id,
                modelId,
                datasetId,
                start,
                loss,
                layer,
                learningRate,
                iteration,
                validationAccuracy,
                accuracy,
                vote,
                protocol);
    }
}
