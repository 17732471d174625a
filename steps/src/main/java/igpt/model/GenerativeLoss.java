package igpt.model;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.nn.SparseSoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * L_AR and L_BERT, the losses that the paper pre-trains with (section 2.2), and their gradient, given the residual after
 * the last block. An auto-regressive model predicts every pixel, BERT only those that are masked.
 */
final class GenerativeLoss {
    // Axes: b batch, s positions, e width, v colours.

    private final Ops tf;
    private final ModelConfig config;
    private final TokenLogits logits;
    private final @Nullable Operand<TFloat32> seen;
    private final SparseSoftmaxCrossEntropyWithLogits<TFloat32> entropy;

    /**
     * @param weights those of {@link TokenLogits#WEIGHTS}, by name
     * @param h the residual, [b s, e]
     * @param batch as {@link Transformer} takes it; its tokens are the targets
     */
    GenerativeLoss(Ops tf, ModelConfig config, Tensors weights, Operand<TFloat32> h, Tensors batch) {
        this.tf = tf;
        this.config = config;
        seen = config.causal() ? null : batch.get(Transformer.SEEN);
        logits = new TokenLogits(tf, config, weights, h);
        var values = logits.values(); // [b s, v]
        Operand<TInt32> targets =
                tf.dtypes.cast(tf.reshape(batch.get(Transformer.TOKENS), tf.constant(new int[] {-1})), TInt32.class);
        entropy = tf.nn.sparseSoftmaxCrossEntropyWithLogits(values, targets);
    }

    /** −log p of each image in nats a pixel, [b]: the mean over all positions or, of BERT, over the masked ones. */
    Operand<TFloat32> nats() {
        Operand<TFloat32> byPosition = tf.reshape(entropy.loss(), tf.constant(new int[] {-1, config.positions()}));
        return seen == null
                ? tf.math.mul(tf.reduceSum(byPosition, tf.constant(1)), tf.constant(1f / config.positions()))
                : tf.reduceSum(tf.math.mul(byPosition, maskWeights(seen)), tf.constant(1));
    }

    /** BERT's loss mask, [b, s]: one over the image's number of masked positions at those, 0 elsewhere. */
    private Operand<TFloat32> maskWeights(Operand<TFloat32> seen) {
        Operand<TFloat32> hidden = tf.math.sub(tf.constant(1f), seen);
        Operand<TFloat32> count = tf.reduceSum(hidden, tf.constant(1), ReduceSum.keepDims(true)); // [b, 1]
        return tf.math.div(hidden, tf.math.maximum(count, tf.constant(1f)));
    }

    /** The gradient of the loss, summed over images and times {@code scale}, with respect to h and to the weights. */
    Gradient backward(float scale) {
        Operand<TFloat32> share = seen == null
                ? tf.constant(scale / config.positions())
                : tf.math.mul(
                        tf.reshape(maskWeights(seen), tf.constant(new int[] {-1, 1})), tf.constant(scale)); // [b s, 1]
        return logits.backward(tf.math.mul(entropy.backprop(), share)); // [b s, v]
    }
}
