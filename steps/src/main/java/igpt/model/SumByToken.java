package igpt.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Adds up the rows that belong to the same token: the gradient of an embedding. */
public enum SumByToken {
    /** Row by row. Not on a GPU, where many threads would add to the same sum, in a different order each time. */
    ROWS,
    /** As a product with one-hot rows: always in the same order, but as much work as the logits. */
    PRODUCT;

    public static SumByToken on(boolean gpu) {
        return gpu ? PRODUCT : ROWS;
    }

    /**
     * @param rows [n, e]
     * @param tokens of the rows, [n]
     * @return [v, e]
     */
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> rows, Operand<TInt32> tokens, int v) {
        return switch (this) {
            case ROWS -> tf.math.unsortedSegmentSum(rows, tokens, tf.constant(v));
            case PRODUCT -> {
                var hot = tf.oneHot(tokens, tf.constant(v), tf.constant(1f), tf.constant(0f)); // [n, v]
                yield tf.linalg.matMul(hot, rows, MatMul.transposeA(true));
            }
        };
    }
}
