package igpt.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** L_CLF (section 2.3): a {@link Head}'s logits, their cross entropy and its gradient, given the residual it reads. */
final class ClassificationLoss {
    // Axes: b batch, s positions, e width, K classes.

    private final Ops tf;
    private final ModelConfig config;
    private final Norm norm;
    private final Operand<TFloat32> matrix; // [e, K]
    private final Operand<TFloat32> h;
    private final Operand<TFloat32> inverse;
    private final Operand<TFloat32> average; // [b, e]

    /**
     * @param gain of the norm that reads the layer, [e]
     * @param matrix the head's, [e, K]
     * @param h the residual, [b s, e]
     */
    ClassificationLoss(
            Ops tf, ModelConfig config, Operand<TFloat32> gain, Operand<TFloat32> matrix, Operand<TFloat32> h) {
        this.tf = tf;
        this.config = config;
        this.h = h;
        this.matrix = matrix;
        norm = new Norm(tf, gain, config.width());
        inverse = norm.inverse(h);
        average = average(tf, config, norm.values(h, inverse));
    }

    /** The average over positions of [b s, e]: [b, e]. */
    static Operand<TFloat32> average(Ops tf, ModelConfig config, Operand<TFloat32> layer) {
        Operand<TFloat32> byPosition =
                tf.reshape(layer, tf.constant(new int[] {-1, config.positions(), config.width()}));
        return tf.math.mul(tf.reduceSum(byPosition, tf.constant(1)), tf.constant(1f / config.positions()));
    }

    /** The classes' logits, [b, K]. */
    Operand<TFloat32> logits() {
        return tf.linalg.matMul(average, matrix);
    }

    /**
     * The loss, and the gradient of its scaled sum over images.
     *
     * @param nats −log p of each image's label: [b]
     * @param byInput with respect to h, [b s, e]
     * @param byGain with respect to the norm's gain, [e]
     * @param byMatrix with respect to the head's matrix, [e, K]
     */
    record Loss(
            Operand<TFloat32> nats, Operand<TFloat32> byInput, Operand<TFloat32> byGain, Operand<TFloat32> byMatrix) {}

    /**
     * @param labels [b]
     * @param scale of the sum whose gradient is taken
     */
    Loss lossAndGradient(Operand<TFloat32> labels, float scale) {
        var entropy = tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits(), tf.dtypes.cast(labels, TInt32.class));
        Operand<TFloat32> byLogits = tf.math.mul(entropy.backprop(), tf.constant(scale)); // [b, K]
        Operand<TFloat32> byAverage = tf.linalg.matMul(byLogits, matrix, MatMul.transposeB(true)); // [b, e]
        Operand<TFloat32> byPosition = tf.expandDims(
                tf.math.mul(byAverage, tf.constant(1f / config.positions())), tf.constant(1)); // [b, 1, e]
        Operand<TFloat32> byNorm = tf.reshape(
                tf.tile(byPosition, tf.constant(new int[] {1, config.positions(), 1})),
                tf.constant(new int[] {-1, config.width()})); // [b s, e]
        return new Loss(
                entropy.loss(),
                norm.byInput(h, inverse, byNorm),
                norm.byGain(h, inverse, byNorm),
                tf.linalg.matMul(average, byLogits, MatMul.transposeA(true)));
    }
}
