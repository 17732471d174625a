package igpt.weights;

import java.util.Arrays;
import java.util.List;

/**
 * What is known of a tensor without reading it.
 *
 * @param type F32, F16, BF16, or what cannot be read as weights
 */
public record TensorInfo(String type, List<Long> shape) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    static TensorInfo floats(long... shape) {
        return new TensorInfo(
                NumberType.F32.name(), Arrays.stream(shape).boxed().toList());
    }

    /**
     * Numbers in it.
     *
     * @throws ArithmeticException if they are more than a long holds
     */
    long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
