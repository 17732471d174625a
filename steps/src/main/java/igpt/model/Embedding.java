package igpt.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The formula of a Transformer's input and of its gradient: the tokens' embeddings and the positions'. */
final class Embedding {
    // Axes: b batch, s positions, e width, v colours.

    private final Ops tf;
    private final ModelConfig config;
    private final Operand<TInt32> tokens;
    private final @Nullable Operand<TFloat32> seen;

    /**
     * @param tokens [b, s]
     * @param seen [b, s], 1 where BERT sees the token and 0 where it is hidden; null if the model is causal
     */
    Embedding(Ops tf, ModelConfig config, Operand<TFloat32> tokens, @Nullable Operand<TFloat32> seen) {
        this.tf = tf;
        this.config = config;
        this.tokens = tf.dtypes.cast(tokens, TInt32.class);
        this.seen = seen;
    }

    /** The weights' names. */
    static List<String> weights(ModelConfig config) {
        return config.causal() ? List.of(Weights.WPE, Weights.WTE, Weights.SOS) : List.of(Weights.WPE, Weights.WTE);
    }

    /**
     * @param weights those of {@link #weights}
     * @return h⁰, [b s, e]
     */
    Operand<TFloat32> forward(List<Operand<TFloat32>> weights) {
        Operand<TFloat32> embedded = tf.gather(weights.get(1), tokens, tf.constant(0)); // [b, s, e]
        Operand<TFloat32> content = seen == null ? shifted(embedded, weights.get(2)) : hidden(embedded, seen);
        return tf.reshape(tf.math.add(content, weights.get(0)), tf.constant(new int[] {-1, config.width()}));
    }

    /** The input of position t is token t − 1; before the first stands sos. */
    private Operand<TFloat32> shifted(Operand<TFloat32> embedded, Operand<TFloat32> sos) {
        Operand<TFloat32> first = tf.math.add(tf.zerosLike(positions(embedded, 0, 1)), sos); // [b, 1, e]
        int before = config.positions() - 1;
        return before == 0 ? first : tf.concat(List.of(first, positions(embedded, 0, before)), tf.constant(1));
    }

    /** A hidden position keeps its place and loses its content. */
    private Operand<TFloat32> hidden(Operand<TFloat32> embedded, Operand<TFloat32> seen) {
        return tf.math.mul(embedded, tf.expandDims(seen, tf.constant(2)));
    }

    /** The gradients by {@link #weights}, from that by h⁰, [b s, e]. */
    List<Operand<TFloat32>> backward(Operand<TFloat32> gradient, SumByToken sumByToken) {
        int s = config.positions();
        Operand<TFloat32> g = tf.reshape(gradient, tf.constant(new int[] {-1, s, config.width()})); // [b, s, e]
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        gradients.add(tf.reduceSum(g, tf.constant(0)));
        if (seen == null) {
            Operand<TInt32> before =
                    tf.slice(tokens, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, s - 1}));
            gradients.add(sum(positions(g, 1, s - 1), before, sumByToken));
            gradients.add(tf.reduceSum(positions(g, 0, 1), tf.constant(new int[] {0, 1})));
        } else {
            gradients.add(sum(hidden(g, seen), tokens, sumByToken));
        }
        return gradients;
    }

    /** Of [b, positions, e] by the tokens of these positions: [v, e]. */
    private Operand<TFloat32> sum(Operand<TFloat32> g, Operand<TInt32> tokens, SumByToken sumByToken) {
        return sumByToken.of(
                tf,
                tf.reshape(g, tf.constant(new int[] {-1, config.width()})),
                tf.reshape(tokens, tf.constant(new int[] {-1})),
                config.colours());
    }

    /** So many positions of [b, s, e]. */
    private Operand<TFloat32> positions(Operand<TFloat32> x, int from, int count) {
        return tf.slice(x, tf.constant(new int[] {0, from, 0}), tf.constant(new int[] {-1, count, config.width()}));
    }
}
