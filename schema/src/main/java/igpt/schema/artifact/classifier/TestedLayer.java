package igpt.schema.artifact.classifier;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A layer whose probe was tested.
 *
 * @param published which published set the images are; null of anybody's own
 * @param network trained, untrained, pixels or concat
 * @param best whether validation images say that it is its network's best
 * @param accuracy per cent of the test images; vote the same, of several masks
 * @param iteration of the model's checkpoint
 * @param last whether its model was trained to its end, and this is no milestone
 * @param nats the checkpoint's validation loss; null where none was taken
 * @param images it was tested on
 * @param classes of the images
 */
public record TestedLayer(
        String dataset,
        @Nullable String published,
        String model,
        String objective,
        String network,
        int layer,
        boolean best,
        double accuracy,
        @Nullable Double vote,
        long iteration,
        boolean last,
        @Nullable Double nats,
        long images,
        int classes) {

    public TestedLayer {
        objective = objective.toUpperCase(Locale.ROOT);
    }

    public boolean trained() {
        return network.equals("trained");
    }
}
