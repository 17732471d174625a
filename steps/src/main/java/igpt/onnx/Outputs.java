package igpt.onnx;

import igpt.model.Head;
import igpt.model.Tap;
import igpt.optim.SoftmaxRegression.Fit;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a served model answers.
 *
 * @param layers whose features are wanted, ascending
 * @param tap where they are taken: {@link Tap#MEAN_NORM} or {@link Tap#MEAN_RESIDUAL}
 * @param head a fine-tuned classifier; null for none
 * @param probe a linear one; null for none
 */
public record Outputs(List<Integer> layers, Tap tap, @Nullable Head head, @Nullable Probe probe) {
    public Outputs {
        layers = List.copyOf(layers);
        if (tap == Tap.RESIDUAL || head != null && (probe != null || tap != Tap.MEAN_NORM)) {
            throw new IllegalArgumentException("no such outputs: " + tap + ", " + head + ", " + probe);
        }
    }

    /** A linear classifier on the features of one layer, taken where the outputs are. */
    public record Probe(Fit fit, int layer) {}

    /** The layers that must be computed. */
    SortedSet<Integer> read() {
        var read = new TreeSet<>(layers);
        if (head != null) {
            read.add(head.layer());
        }
        if (probe != null) {
            read.add(probe.layer());
        }
        return read;
    }

    /** {@code features}, or of several {@code features_3}. */
    public String name(int layer) {
        return layers.size() == 1 ? OnnxModel.FEATURES : OnnxModel.FEATURES + "_" + layer;
    }
}
