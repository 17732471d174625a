package igpt.model;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.nn.SparseSoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * L_AR and L_BERT, the losses that the paper pre-trains with (section 2.2), from the residual after the last block; and
 * their gradient. An auto-regressive model is asked for every pixel, BERT for those that are hidden.
 */
final class GenerativeLoss {
    // Axes: b batch, s positions, e width, v colours.

    /** The weights that it reads. */
    static final String[] WEIGHTS = {Weights.LN_F, Weights.WTET};

    private final Ops tf;
    private final ModelConfig config;
    private final MatMuls products;
    private final Norm norm;
    private final Operand<TFloat32> wtet;
    private final Operand<TFloat32> h;
    private final Operand<TFloat32> inverse;
    private final @Nullable Operand<TFloat32> seen;
    private final SparseSoftmaxCrossEntropyWithLogits<TFloat32> entropy;

    /**
     * @param weights those of {@link #WEIGHTS}, by name
     * @param h the residual, [b s, e]
     * @param batch as {@link Transformer} takes it: its tokens are to be predicted
     */
    GenerativeLoss(Ops tf, ModelConfig config, Tensors weights, Operand<TFloat32> h, Tensors batch) {
        this.tf = tf;
        this.config = config;
        seen = config.causal() ? null : batch.get(Transformer.SEEN);
        this.h = h;
        products = new MatMuls(tf, Precision.FLOAT32); // the loss's gradient is a small difference
        norm = new Norm(tf, weights.get(Weights.LN_F), config.width());
        wtet = weights.get(Weights.WTET);
        inverse = norm.inverse(h);
        Operand<TFloat32> logits = products.of(norm.values(h, inverse), wtet, true); // [b s, v]
        Operand<TInt32> targets =
                tf.dtypes.cast(tf.reshape(batch.get(Transformer.TOKENS), tf.constant(new int[] {-1})), TInt32.class);
        entropy = tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, targets);
    }

    /** −log p of each image, in nats a pixel: [b]. Of an auto-regressive model over all positions, of BERT the hidden. */
    Operand<TFloat32> nats() {
        Operand<TFloat32> byPosition = tf.reshape(entropy.loss(), tf.constant(new int[] {-1, config.positions()}));
        return seen == null
                ? tf.math.mul(tf.reduceSum(byPosition, tf.constant(1)), tf.constant(1f / config.positions()))
                : tf.reduceSum(tf.math.mul(byPosition, hiddenShare(seen)), tf.constant(1));
    }

    /** What each position counts in BERT's loss of its image: [b, s]. Nothing, if none of it is hidden. */
    private Operand<TFloat32> hiddenShare(Operand<TFloat32> seen) {
        Operand<TFloat32> hidden = tf.math.sub(tf.constant(1f), seen);
        Operand<TFloat32> count = tf.reduceSum(hidden, tf.constant(1), ReduceSum.keepDims(true)); // [b, 1]
        return tf.math.div(hidden, tf.math.maximum(count, tf.constant(1f)));
    }

    /** The gradient of the loss summed over images, times {@code scale}: by h and by the weights. */
    Gradient backward(float scale) {
        Operand<TFloat32> share = seen == null
                ? tf.constant(scale / config.positions())
                : tf.math.mul(
                        tf.reshape(hiddenShare(seen), tf.constant(new int[] {-1, 1})), tf.constant(scale)); // [b s, 1]
        Operand<TFloat32> byLogits = tf.math.mul(entropy.backprop(), share); // [b s, v]
        Operand<TFloat32> byNorm = products.of(byLogits, wtet, false);
        Operand<TFloat32> byInput = norm.byInput(h, inverse, byNorm);
        return new Gradient(
                byInput,
                Tensors.of(Weights.LN_F, norm.byGain(h, inverse, byNorm))
                        .with(Weights.WTET, products.of(byLogits, true, norm.values(h, inverse), false)));
    }
}
