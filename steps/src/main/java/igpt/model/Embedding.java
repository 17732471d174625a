package igpt.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * h⁰: token embeddings plus position embeddings. Position t of an auto-regressive model reads token t − 1; BERT reads
 * every token that is not masked.
 */
final class Embedding {
    // Axes: b batch, s positions, e width, v colours.

    private final Ops tf;
    private final ModelConfig config;
    private final Operand<TInt32> tokens;
    private final @Nullable Operand<TFloat32> seen;

    /** @param batch as {@link Transformer} takes it */
    Embedding(Ops tf, ModelConfig config, Tensors batch) {
        this.tf = tf;
        this.config = config;
        tokens = tf.dtypes.cast(batch.get(Transformer.TOKENS), TInt32.class);
        seen = config.causal() ? null : batch.get(Transformer.SEEN);
    }

    /** The weights of the model that it uses. */
    static String[] weights(ModelConfig config) {
        return config.causal()
                ? new String[] {Weights.WPE, Weights.WTE, Weights.SOS}
                : new String[] {Weights.WPE, Weights.WTE};
    }

    /** h⁰, [b s, e]. */
    Operand<TFloat32> forward(Tensors weights) {
        Operand<TFloat32> embedded = tf.gather(weights.get(Weights.WTE), tokens, tf.constant(0)); // [b, s, e]
        Operand<TFloat32> content = seen == null ? shifted(embedded, weights.get(Weights.SOS)) : masked(embedded, seen);
        return tf.reshape(tf.math.add(content, weights.get(Weights.WPE)), tf.constant(new int[] {-1, config.width()}));
    }

    /** The input of position t is token t − 1; before the first stands sos. */
    private Operand<TFloat32> shifted(Operand<TFloat32> embedded, Operand<TFloat32> sos) {
        Operand<TFloat32> first = tf.math.add(tf.zerosLike(positions(embedded, 0, 1)), sos); // [b, 1, e]
        int before = config.positions() - 1;
        return before == 0 ? first : tf.concat(List.of(first, positions(embedded, 0, before)), tf.constant(1));
    }

    /**
     * h⁰ of one position of an auto-regressive model, [b, e].
     *
     * @param before the tokens at the position before, [b]; not read at the first
     * @param position a scalar, from 0
     */
    static Operand<TFloat32> at(Ops tf, Tensors weights, Operand<TFloat32> before, Operand<TFloat32> position) {
        Operand<TFloat32> embedded =
                tf.gather(weights.get(Weights.WTE), tf.dtypes.cast(before, TInt32.class), tf.constant(0)); // [b, e]
        Operand<TFloat32> content = tf.select(
                tf.math.equal(position, tf.constant(0f)),
                tf.math.add(tf.zerosLike(embedded), weights.get(Weights.SOS)),
                embedded);
        return tf.math.add(
                content, tf.gather(weights.get(Weights.WPE), tf.dtypes.cast(position, TInt32.class), tf.constant(0)));
    }

    /** A masked position keeps its position embedding and loses its token's. */
    private Operand<TFloat32> masked(Operand<TFloat32> embedded, Operand<TFloat32> seen) {
        return tf.math.mul(embedded, tf.expandDims(seen, tf.constant(2)));
    }

    /** The gradients with respect to the weights, given that with respect to h⁰, [b s, e]. */
    Tensors backward(Operand<TFloat32> gradient, SumByToken sumByToken) {
        int s = config.positions();
        Operand<TFloat32> g = tf.reshape(gradient, tf.constant(new int[] {-1, s, config.width()})); // [b, s, e]
        var byWeight = Tensors.of(Weights.WPE, tf.reduceSum(g, tf.constant(0)));
        if (seen == null) {
            Operand<TInt32> before =
                    tf.slice(tokens, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, s - 1}));
            return byWeight.with(Weights.WTE, sum(positions(g, 1, s - 1), before, sumByToken))
                    .with(Weights.SOS, tf.reduceSum(positions(g, 0, 1), tf.constant(new int[] {0, 1})));
        }
        return byWeight.with(Weights.WTE, sum(masked(g, seen), tokens, sumByToken));
    }

    /** The sum of the rows of [b, positions, e] that have the same token: [v, e]. */
    private Operand<TFloat32> sum(Operand<TFloat32> g, Operand<TInt32> tokens, SumByToken sumByToken) {
        return sumByToken.of(
                tf,
                tf.reshape(g, tf.constant(new int[] {-1, config.width()})),
                tf.reshape(tokens, tf.constant(new int[] {-1})),
                config.colours());
    }

    /** {@code count} positions of [b, s, e]. */
    private Operand<TFloat32> positions(Operand<TFloat32> x, int from, int count) {
        return tf.slice(x, tf.constant(new int[] {0, from, 0}), tf.constant(new int[] {-1, count, config.width()}));
    }
}
