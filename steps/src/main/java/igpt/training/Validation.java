package igpt.training;

import igpt.graph.Network;
import org.jspecify.annotations.Nullable;

/** What is measured at each commit point, on images that are not trained on. */
public interface Validation {
    static Validation none() {
        return network -> null;
    }

    /** Null if there are no images to measure on. */
    @Nullable
    Result measure(Network network);

    /**
     * A point of a curve.
     *
     * @param isLoss whether it is a loss in nats a pixel, which the checkpoint's row shows, too
     */
    record Result(String metric, double value, boolean isLoss) {}
}
