package igpt.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.nn.SparseSoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The formula of the model's own loss, from the residual after the last block, and of its gradient. */
final class TokenLoss {
    // Axes: b batch, s positions, e width, v colours.

    /** Its weights' names. */
    static final List<String> WEIGHTS = List.of(Weights.LAST_GAIN, Weights.WTET);

    private final Ops tf;
    private final ModelConfig config;
    private final Products products;
    private final Norm norm;
    private final Operand<TFloat32> wtet;
    private final Operand<TFloat32> h;
    private final Operand<TFloat32> inverse;
    private final @Nullable Operand<TFloat32> seen;
    private final SparseSoftmaxCrossEntropyWithLogits<TFloat32> entropy;

    /**
     * @param weights those of {@link #WEIGHTS}
     * @param h the residual, [b s, e]
     * @param tokens to be predicted, [b, s]
     * @param seen [b, s], 1 where BERT sees the token and 0 where it is hidden; null if the model is causal
     */
    TokenLoss(
            Ops tf,
            ModelConfig config,
            List<Operand<TFloat32>> weights,
            Operand<TFloat32> h,
            Operand<TFloat32> tokens,
            @Nullable Operand<TFloat32> seen) {
        this.tf = tf;
        this.config = config;
        this.seen = seen;
        this.h = h;
        products = new Products(tf, Precision.FLOAT32); // the loss's gradient is a small difference
        norm = new Norm(tf, weights.get(0), config.width());
        wtet = weights.get(1);
        inverse = norm.inverse(h);
        Operand<TFloat32> logits = products.of(norm.values(h, inverse), wtet, true); // [b s, v]
        Operand<TInt32> targets = tf.dtypes.cast(tf.reshape(tokens, tf.constant(new int[] {-1})), TInt32.class);
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

    /** The gradients of the loss summed over images, times {@code scale}: by h, [b s, e], then by {@link #WEIGHTS}. */
    List<Operand<TFloat32>> backward(float scale) {
        Operand<TFloat32> share = seen == null
                ? tf.constant(scale / config.positions())
                : tf.math.mul(
                        tf.reshape(hiddenShare(seen), tf.constant(new int[] {-1, 1})), tf.constant(scale)); // [b s, 1]
        Operand<TFloat32> byLogits = tf.math.mul(entropy.backprop(), share); // [b s, v]
        Operand<TFloat32> byNorm = products.of(byLogits, wtet, false);
        return List.of(
                norm.byInput(h, inverse, byNorm),
                norm.byGain(h, inverse, byNorm),
                products.of(byLogits, true, norm.values(h, inverse), false));
    }
}
