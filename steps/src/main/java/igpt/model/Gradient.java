package igpt.model;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The gradient of a loss.
 *
 * @param byInput with respect to the residual that a part of the model reads, [b s, e]
 * @param byWeight with respect to the part's weights, by their names
 */
public record Gradient(Operand<TFloat32> byInput, Tensors byWeight) {
    private static final String BY_INPUT = "by_input";
    private static final String BY_WEIGHT = "by_weight";

    Tensors tensors() {
        return Tensors.of(BY_INPUT, byInput).with(BY_WEIGHT, byWeight);
    }

    static Gradient of(Tensors tensors) {
        return new Gradient(tensors.get(BY_INPUT), tensors.folder(BY_WEIGHT));
    }
}
