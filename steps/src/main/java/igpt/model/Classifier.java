package igpt.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.SparseSoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The formula of a {@link Head}, from a layer's residual, of its loss and of the gradient. */
final class Classifier {
    // Axes: b batch, s positions, e width, K classes.

    private final Ops tf;
    private final ModelConfig config;
    private final Norm norm;
    private final Operand<TFloat32> matrix; // [e, K]
    private final Operand<TFloat32> h;
    private final Operand<TFloat32> inverse;
    private final Operand<TFloat32> average; // [b, e]

    /**
     * @param weights the layer's gain and the head's matrix
     * @param h the residual, [b s, e]
     */
    Classifier(Ops tf, ModelConfig config, List<Operand<TFloat32>> weights, Operand<TFloat32> h) {
        this.tf = tf;
        this.config = config;
        this.h = h;
        norm = new Norm(tf, weights.get(0), config.width());
        matrix = weights.get(1);
        inverse = norm.inverse(h);
        average = average(tf, config, norm.values(h, inverse));
    }

    /** Of [b s, e] over positions: [b, e]. */
    static Operand<TFloat32> average(Ops tf, ModelConfig config, Operand<TFloat32> layer) {
        Operand<TFloat32> byPosition =
                tf.reshape(layer, tf.constant(new int[] {-1, config.positions(), config.width()}));
        return tf.math.mul(tf.reduceSum(byPosition, tf.constant(1)), tf.constant(1f / config.positions()));
    }

    /** [b, K] */
    Operand<TFloat32> logits() {
        return tf.linalg.matMul(average, matrix);
    }

    /**
     * −log p of each image's label, [b]; and the gradients of its sum over images, times {@code scale}: by h, [b s, e], by
     * the gain and by the matrix.
     *
     * @param labels [b]
     */
    List<Operand<TFloat32>> lossAndGradients(Operand<TFloat32> labels, float scale) {
        SparseSoftmaxCrossEntropyWithLogits<TFloat32> entropy =
                tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits(), tf.dtypes.cast(labels, TInt32.class));
        Operand<TFloat32> byLogits = tf.math.mul(entropy.backprop(), tf.constant(scale)); // [b, K]
        Operand<TFloat32> byAverage = tf.linalg.matMul(byLogits, matrix, MatMul.transposeB(true)); // [b, e]
        Operand<TFloat32> byPosition = tf.expandDims(
                tf.math.mul(byAverage, tf.constant(1f / config.positions())), tf.constant(1)); // [b, 1, e]
        Operand<TFloat32> byNorm = tf.reshape(
                tf.tile(byPosition, tf.constant(new int[] {1, config.positions(), 1})),
                tf.constant(new int[] {-1, config.width()})); // [b s, e]
        return List.of(
                entropy.loss(),
                norm.byInput(h, inverse, byNorm),
                norm.byGain(h, inverse, byNorm),
                tf.linalg.matMul(average, byLogits, MatMul.transposeA(true)));
    }
}
