package igpt.model;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The gradient of a loss.
 *
 * @param byInput by the residual that something was made of, [b s, e]
 * @param byWeight by the weights that it was made with, under their names
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
