package igpt.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The paper's Transformer (section 2.2): a GPT-2 decoder with norms before attention and MLP, no bias anywhere, and
 * separate input and output embeddings. {@link Backward} is its gradient.
 */
public final class Transformer {
    // Axes: b batch, s and t positions, e width, a heads, d head width, v colours.

    static final float GELU = 1.702f; // x · sigmoid(1.702 x)

    private static final float EPSILON = 1e-5f;
    private static final String LAST_GAIN = "model/ln_f/g";

    final Ops tf;
    final ModelConfig config;
    final Products products;
    final Products logitProducts;
    final Attention attention;
    private final Map<String, Operand<TFloat32>> weights;
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
        this.logitProducts = new Products(tf, Precision.FLOAT32); // the loss's gradient is a small difference
        this.attention = new Attention(tf, products, config, batch);
        this.b = batch;
    }

    /**
     * The activations on the way.
     *
     * @param blocks from h⁰ to hᴸ
     * @param last the norm of hᴸ
     * @param logits [b s, v]
     */
    public record Activations(List<Block> blocks, Norm last, Operand<TFloat32> logits) {
        /** Of h⁰ to hᴸ. */
        public List<Norm> norms() {
            return Stream.concat(blocks.stream().map(Block::entry), Stream.of(last))
                    .toList();
        }
    }

    /**
     * Root mean square norm with a gain: no mean is subtracted.
     *
     * @param gain the weight's name
     * @param x what is normed, [b s, e]
     * @param inverse of its root mean square, [b s, 1]
     * @param values x · inverse · gain, [b s, e]
     */
    public record Norm(String gain, Operand<TFloat32> x, Operand<TFloat32> inverse, Operand<TFloat32> values) {}

    /**
     * A block, and what its backward pass needs.
     *
     * @param entry the norm of the residual before it
     * @param projections to queries, keys and values, [3 e, e]
     * @param attention over what they make of the norm
     * @param joined what attention returned, the heads side by side, [b s, e]
     * @param middle the norm of the residual after attention
     * @param wide the MLP's hidden layer, [b s, 4 e]
     * @param gate the sigmoid it is multiplied with, [b s, 4 e]
     * @param active their product, [b s, 4 e]
     * @param exit the residual after the block, [b s, e]
     */
    public record Block(
            int layer,
            Norm entry,
            Operand<TFloat32> projections,
            Attention.Mixed attention,
            Operand<TFloat32> joined,
            Norm middle,
            Operand<TFloat32> wide,
            Operand<TFloat32> gate,
            Operand<TFloat32> active,
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
        Norm last = norm(h, LAST_GAIN);
        return new Activations(blocks, last, logitProducts.of(last.values(), weight(Weights.WTET), true));
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
        Norm entry = norm(h, name(layer, "ln_1/g"));
        Operand<TFloat32> projections = projections(layer);
        Attention.Mixed attended = attention.forward(heads(products.of(entry.values(), projections, true)));
        Operand<TFloat32> joined = joined(attended.values());
        Operand<TFloat32> a = tf.math.add(h, products.of(joined, matrix(layer, "attn/c_proj"), false));
        Norm middle = norm(a, name(layer, "ln_2/g"));
        Operand<TFloat32> wide = products.of(middle.values(), matrix(layer, "mlp/c_fc/w"), false);
        Operand<TFloat32> gate = tf.math.sigmoid(tf.math.mul(wide, tf.constant(GELU)));
        Operand<TFloat32> active = tf.math.mul(wide, gate);
        Operand<TFloat32> exit = tf.math.add(a, products.of(active, matrix(layer, "mlp/c_proj/w"), false));
        return new Block(layer, entry, projections, attended, joined, middle, wide, gate, active, exit);
    }

    private Norm norm(Operand<TFloat32> x, String gain) {
        Operand<TFloat32> squares = tf.reduceSum(tf.math.square(x), tf.constant(-1), ReduceSum.keepDims(true));
        Operand<TFloat32> mean = tf.math.mul(squares, tf.constant(1f / config.width())); // [b s, 1]
        Operand<TFloat32> inverse = tf.math.rsqrt(tf.math.add(mean, tf.constant(EPSILON)));
        return new Norm(gain, x, inverse, tf.math.mul(tf.math.mul(x, inverse), weight(gain)));
    }

    /** One matrix, so that it is one product: [3 e, e]; the queries' part divided by √d. */
    private Operand<TFloat32> projections(int layer) {
        return tf.concat(
                List.of(
                        tf.math.mul(matrix(layer, "attn/q_proj"), queryScale()),
                        matrix(layer, "attn/k_proj"),
                        matrix(layer, "attn/v_proj")),
                tf.constant(0));
    }

    Operand<TFloat32> queryScale() {
        return tf.constant((float) (1 / Math.sqrt(config.headWidth())));
    }

    /** Queries, keys and values, [b s, 3 e], by head: [3, b a, s, d]. */
    private Operand<TFloat32> heads(Operand<TFloat32> projected) {
        int s = config.positions();
        int d = config.headWidth();
        Operand<TFloat32> split = tf.reshape(projected, shape(b, s, 3, config.heads(), d));
        Operand<TFloat32> heads = tf.linalg.transpose(split, tf.constant(new int[] {2, 0, 3, 1, 4}));
        return tf.reshape(heads, shape(3, b * config.heads(), s, d));
    }

    /** The heads, [b a, s, d], side by side: [b s, e]. */
    private Operand<TFloat32> joined(Operand<TFloat32> heads) {
        Operand<TFloat32> split = tf.reshape(heads, shape(b, config.heads(), config.positions(), config.headWidth()));
        return flat(tf.linalg.transpose(split, tf.constant(new int[] {0, 2, 1, 3})));
    }

    Operand<TFloat32> flat(Operand<TFloat32> x) {
        return tf.reshape(x, shape(b * config.positions(), config.width()));
    }

    static String name(int layer, String weight) {
        return "model/h" + layer + "/" + weight;
    }

    /** A block's weight as a matrix: an attention projection, [a, d, e], as [e, e]. */
    Operand<TFloat32> matrix(int layer, String name) {
        Operand<TFloat32> weight = weight(name(layer, name));
        return name.startsWith("attn/") ? tf.reshape(weight, shape(config.width(), config.width())) : weight;
    }

    Operand<TFloat32> weight(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    Operand<TInt32> shape(int... axes) {
        return tf.constant(axes);
    }
}
