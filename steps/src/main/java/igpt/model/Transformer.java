package igpt.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The paper's Transformer (section 2.2): a GPT-2 decoder with norms before attention and MLP, no bias anywhere, and
 * separate input and output embeddings.
 */
public final class Transformer {
    // Axes: b batch, s and t positions, e width, a heads, d head width, v colours.

    private static final float EPSILON = 1e-5f;

    private final Ops tf;
    private final ModelConfig config;
    private final Map<String, Operand<TFloat32>> weights;
    private final Products products;
    private final Attention attention;
    private final int b;

    /**
     * @param weights each weight of {@link Weights#of} by name
     * @param batch sequences at a time: static, so that XLA can compile the whole
     */
    public Transformer(
            Ops tf, ModelConfig config, Map<String, Operand<TFloat32>> weights, int batch, Precision precision) {
        this.tf = tf;
        this.config = config;
        this.weights = weights;
        this.products = new Products(tf, precision);
        this.attention = new Attention(tf, products, config, batch);
        this.b = batch;
    }

    /**
     * The activations on the way.
     *
     * @param content token embeddings, [b, s, e]: where the gradient of wte and sos enters
     * @param blocks the first L residuals and what was made of them
     * @param residual hᴸ, after the last block, [b s, e]
     * @param norm nᴸ, [b s, e]
     * @param logits [b s, v]
     */
    public record Activations(
            Operand<TFloat32> content,
            List<Block> blocks,
            Operand<TFloat32> residual,
            Operand<TFloat32> norm,
            Operand<TFloat32> logits) {
        /** h⁰ to hᴸ, each [b s, e]. */
        public List<Operand<TFloat32>> residuals() {
            return Stream.concat(blocks.stream().map(Block::entry), Stream.of(residual))
                    .toList();
        }

        /** n⁰ to nᴸ, the norm of each residual, each [b s, e]. */
        public List<Operand<TFloat32>> norms() {
            return Stream.concat(blocks.stream().map(Block::norm), Stream.of(norm))
                    .toList();
        }
    }

    /**
     * A block.
     *
     * @param entry the residual before it, [b s, e]
     * @param norm of that, [b s, e]
     * @param heads queries, keys and values made of the norm, [3, b, a, s, d]
     * @param attention over them
     * @param mixed what attention returned, [b, a, s, d]; a gradient of the exit ends here, and {@link #throughAttention}
     *     takes it on to the heads
     * @param exit the residual after it, [b s, e]
     */
    public record Block(
            Operand<TFloat32> entry,
            Operand<TFloat32> norm,
            Operand<TFloat32> heads,
            Attention.Mixed attention,
            Operand<TFloat32> mixed,
            Operand<TFloat32> exit) {}

    /**
     * Predicts each token: from those before it, or from those that are seen.
     *
     * @param tokens [b, s]
     * @param seen [b, s], 1 where BERT sees the token and 0 where it is hidden; not used otherwise
     */
    public Activations forward(Operand<TInt32> tokens, Operand<TFloat32> seen) {
        Operand<TFloat32> embedded = tf.gather(weight(Weights.WTE), tokens, tf.constant(0)); // [b, s, e]
        Operand<TFloat32> content = config.causal() ? shifted(embedded) : hidden(embedded, seen);
        Operand<TFloat32> h = flat(tf.math.add(content, weight(Weights.WPE))); // [b s, e]
        List<Block> blocks = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            blocks.add(block(layer, h));
            h = blocks.get(layer).exit();
        }
        Operand<TFloat32> norm = norm(h, "model/ln_f/g");
        return new Activations(content, blocks, h, norm, logits(norm));
    }

    /** From the last norm, [b s, v]; in float32, whatever the precision: the loss's gradient is a small difference. */
    private Operand<TFloat32> logits(Operand<TFloat32> n) {
        return new Products(tf, Precision.FLOAT32).of(n, weight(Weights.WTET), true);
    }

    /** The input of position t is token t − 1; before the first stands sos. */
    private Operand<TFloat32> shifted(Operand<TFloat32> embedded) {
        int s = config.positions();
        int e = config.width();
        Operand<TFloat32> sos = tf.broadcastTo(
                tf.reshape(weight(Weights.SOS), shape(1, 1, e)), tf.constant(new long[] {b, 1, e})); // [b, 1, e]
        Operand<TFloat32> before =
                tf.slice(embedded, tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {b, s - 1, e}));
        return s == 1 ? sos : tf.concat(List.of(sos, before), tf.constant(1)); // [b, s, e]
    }

    /** A hidden position keeps its place and loses its content. */
    private Operand<TFloat32> hidden(Operand<TFloat32> embedded, Operand<TFloat32> seen) {
        return tf.math.mul(embedded, tf.reshape(seen, shape(b, config.positions(), 1)));
    }

    /** The block of a layer on the residual before it, [b s, e]. */
    public Block block(int layer, Operand<TFloat32> h) {
        String block = "model/h" + layer + "/";
        Operand<TFloat32> n = norm(h, block + "ln_1/g");
        Operand<TFloat32> heads = heads(n, block + "attn/");
        Attention.Mixed attended = attention.forward(heads);
        Operand<TFloat32> mixed = tf.stopGradient(attended.values());
        Operand<TFloat32> joined = flat(tf.linalg.transpose(mixed, tf.constant(new int[] {0, 2, 1, 3})));
        Operand<TFloat32> a = tf.math.add(h, products.of(joined, square(block + "attn/c_proj"), false));
        Operand<TFloat32> exit = tf.math.add(a, mlp(norm(a, block + "ln_2/g"), block + "mlp/"));
        return new Block(h, n, heads, attended, mixed, exit);
    }

    /** The gradient by a block's heads, [3, b, a, s, d], from that by what attention mixed, [b, a, s, d]. */
    public Operand<TFloat32> throughAttention(Block block, Operand<TFloat32> gradient) {
        return attention.backward(block.attention(), gradient);
    }

    /** The names of the weights between a block's entry and its attention. */
    public static List<String> beforeAttention(int layer) {
        return named(layer, "ln_1/g", "attn/q_proj", "attn/k_proj", "attn/v_proj");
    }

    /** The names of the weights between a block's attention and its exit. */
    public static List<String> afterAttention(int layer) {
        return named(layer, "attn/c_proj", "ln_2/g", "mlp/c_fc/w", "mlp/c_proj/w");
    }

    private static List<String> named(int layer, String... names) {
        return Stream.of(names).map(name -> "model/h" + layer + "/" + name).toList();
    }

    /** Root mean square norm with a gain: no mean is subtracted. */
    private Operand<TFloat32> norm(Operand<TFloat32> x, String gain) {
        Operand<TFloat32> square = tf.reduceSum(tf.math.square(x), tf.constant(-1), keep());
        Operand<TFloat32> mean = tf.math.mul(square, tf.constant(1f / config.width())); // [b s, 1]
        Operand<TFloat32> scaled = tf.math.mul(x, tf.math.rsqrt(tf.math.add(mean, tf.constant(EPSILON))));
        return tf.math.mul(scaled, weight(gain));
    }

    /** Queries, keys and values in one product, [3, b, a, s, d]; queries divided by √d. */
    private Operand<TFloat32> heads(Operand<TFloat32> n, String scope) {
        Operand<TFloat32> scale = tf.constant((float) (1 / Math.sqrt(config.headWidth())));
        Operand<TFloat32> weights = tf.concat(
                List.of(
                        tf.math.mul(square(scope + "q_proj"), scale),
                        square(scope + "k_proj"),
                        square(scope + "v_proj")),
                tf.constant(0)); // [3 e, e]
        Operand<TFloat32> split = tf.reshape(
                products.of(n, weights, true), shape(b, config.positions(), 3, config.heads(), config.headWidth()));
        return tf.linalg.transpose(split, tf.constant(new int[] {2, 0, 3, 1, 4}));
    }

    private Operand<TFloat32> mlp(Operand<TFloat32> n, String scope) {
        Operand<TFloat32> h = products.of(n, weight(scope + "c_fc/w"), false); // [b s, 4 e]
        Operand<TFloat32> gelu = tf.math.mul(h, tf.math.sigmoid(tf.math.mul(h, tf.constant(1.702f))));
        return products.of(gelu, weight(scope + "c_proj/w"), false);
    }

    private Operand<TFloat32> flat(Operand<TFloat32> x) {
        return tf.reshape(x, shape(b * config.positions(), config.width()));
    }

    /** An attention projection [a, d, e] as a matrix [e, e]. */
    private Operand<TFloat32> square(String name) {
        return tf.reshape(weight(name), shape(config.width(), config.width()));
    }

    private Operand<TInt32> shape(int... axes) {
        return tf.constant(axes);
    }

    private Operand<TFloat32> weight(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    private static org.tensorflow.op.core.ReduceSum.Options keep() {
        return org.tensorflow.op.core.ReduceSum.keepDims(true);
    }
}
