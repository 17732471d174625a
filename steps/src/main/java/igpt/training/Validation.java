package igpt.training;

import igpt.graph.Network;
import org.jspecify.annotations.Nullable;

/** What is measured at commit points, of images that are not learnt from. */
public interface Validation {
    /** Nothing. */
    static Validation none() {
        return network -> null;
    }

    /** Null if there are no images for it. */
    @Nullable
    Result measure(Network network);

    /**
     * A point of a curve.
     *
     * @param isLoss in nats a pixel, so that the checkpoint's row tells it
     */
    record Result(String metric, double value, boolean isLoss) {}
}
