package igpt.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The paper's Transformer (section 2.2): a GPT-2 decoder with norms before attention and MLP, no bias anywhere, and
 * separate input and output embeddings.
 */
public final class Transformer {
    // Axes: b batch, s and t positions, e width, a heads, d head width, v colours.

    private static final float EPSILON = 1e-5f;

    /** Queries a block attends with at a time: what lies past the block's end is masked, so it is never computed. */
    private static final int QUERY_BLOCK = 128;

    private final Ops tf;
    private final ModelConfig config;
    private final Map<String, Operand<TFloat32>> weights;
    private final int b;

    /**
     * @param weights each weight of {@link Weights#of} by name
     * @param batch sequences at a time: static, so that XLA can compile the whole
     */
    public Transformer(Ops tf, ModelConfig config, Map<String, Operand<TFloat32>> weights, int batch) {
        this.tf = tf;
        this.config = config;
        this.weights = weights;
        this.b = batch;
    }

    /**
     * The activations on the way.
     *
     * @param content token embeddings, [b, s, e]: where the gradient of wte and sos enters
     * @param residuals h⁰ to hᴸ, each [b s, e]
     * @param norms n⁰ to nᴸ, the norm of each residual, each [b s, e]
     * @param logits [b s, v]
     */
    public record Activations(
            Operand<TFloat32> content,
            List<Operand<TFloat32>> residuals,
            List<Operand<TFloat32>> norms,
            Operand<TFloat32> logits) {}

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
        List<Operand<TFloat32>> residuals = new ArrayList<>();
        List<Operand<TFloat32>> norms = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            residuals.add(h);
            Operand<TFloat32> n = entry(layer, h);
            norms.add(n);
            h = block(layer, h, n);
        }
        residuals.add(h);
        norms.add(entry(config.layers(), h));
        return new Activations(content, residuals, norms, logits(norms.get(config.layers())));
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

    /** n of a layer: the norm at a block's entry, or after the last block. [b s, e] */
    public Operand<TFloat32> entry(int layer, Operand<TFloat32> h) {
        return norm(h, layer == config.layers() ? "model/ln_f/g" : "model/h" + layer + "/ln_1/g");
    }

    /** The residual after a block, from that before it and its norm. [b s, e] */
    public Operand<TFloat32> block(int layer, Operand<TFloat32> h, Operand<TFloat32> n) {
        String block = "model/h" + layer + "/";
        Operand<TFloat32> a = tf.math.add(h, attention(n, block + "attn/"));
        return tf.math.add(a, mlp(norm(a, block + "ln_2/g"), block + "mlp/"));
    }

    /** From the last norm, [b s, v]. */
    private Operand<TFloat32> logits(Operand<TFloat32> n) {
        return product(n, weight(Weights.WTET), true);
    }

    /** Root mean square norm with a gain: no mean is subtracted. */
    private Operand<TFloat32> norm(Operand<TFloat32> x, String gain) {
        Operand<TFloat32> square = tf.reduceSum(tf.math.square(x), tf.constant(-1), keep());
        Operand<TFloat32> mean = tf.math.mul(square, tf.constant(1f / config.width())); // [b s, 1]
        Operand<TFloat32> scaled = tf.math.mul(x, tf.math.rsqrt(tf.math.add(mean, tf.constant(EPSILON))));
        return tf.math.mul(scaled, weight(gain));
    }

    private Operand<TFloat32> attention(Operand<TFloat32> n, String scope) {
        Operand<TFloat32> q = heads(n, scope + "q_proj");
        Operand<TFloat32> k = heads(n, scope + "k_proj");
        Operand<TFloat32> v = heads(n, scope + "v_proj");
        List<Operand<TFloat32>> blocks = new ArrayList<>();
        for (int from = 0; from < config.positions(); from += QUERY_BLOCK) {
            int to = Math.min(from + QUERY_BLOCK, config.positions());
            int keys = config.causal() ? to : config.positions();
            Operand<TFloat32> scores =
                    tf.train.batchMatMul(rows(q, from, to), rows(k, 0, keys), TFloat32.class, BatchMatMul.adjY(true));
            scores = tf.math.mul(scores, tf.constant((float) (1 / Math.sqrt(config.headWidth()))));
            if (config.causal()) {
                scores = tf.math.add(scores, mask(from, to));
            }
            Operand<TFloat32> p = tf.nn.softmax(scores); // [b, a, to - from, keys]
            blocks.add(tf.train.batchMatMul(p, rows(v, 0, keys), TFloat32.class)); // [b, a, to - from, d]
        }
        Operand<TFloat32> mixed = blocks.size() == 1 ? blocks.get(0) : tf.concat(blocks, tf.constant(2));
        Operand<TFloat32> joined = flat(tf.linalg.transpose(mixed, tf.constant(new int[] {0, 2, 1, 3}))); // [b s, e]
        return product(joined, square(scope + "c_proj"), false);
    }

    /** A projection of every position, split into heads: [b, a, s, d]. */
    private Operand<TFloat32> heads(Operand<TFloat32> n, String name) {
        Operand<TFloat32> projected = product(n, square(name), true);
        Operand<TFloat32> split =
                tf.reshape(projected, shape(b, config.positions(), config.heads(), config.headWidth()));
        return tf.linalg.transpose(split, tf.constant(new int[] {0, 2, 1, 3}));
    }

    /** 0 where query {@code from + s} may see key t, -1e10 where t lies ahead of it: [to - from, to]. */
    private Operand<TFloat32> mask(int from, int to) {
        FloatNdArray mask = NdArrays.ofFloats(Shape.of(to - from, to));
        mask.scalars().forEachIndexed((at, cell) -> cell.setFloat(at[1] > from + at[0] ? -1e10f : 0f));
        return tf.constant(mask);
    }

    private Operand<TFloat32> mlp(Operand<TFloat32> n, String scope) {
        Operand<TFloat32> h = product(n, weight(scope + "c_fc/w"), false); // [b s, 4 e]
        Operand<TFloat32> gelu = tf.math.mul(h, tf.math.sigmoid(tf.math.mul(h, tf.constant(1.702f))));
        return product(gelu, weight(scope + "c_proj/w"), false);
    }

    private Operand<TFloat32> product(Operand<TFloat32> x, Operand<TFloat32> w, boolean transposed) {
        return tf.linalg.matMul(x, w, MatMul.transposeB(transposed));
    }

    /** Positions {@code from} to {@code to} of [b, a, s, d]. */
    private Operand<TFloat32> rows(Operand<TFloat32> x, int from, int to) {
        if (from == 0 && to == config.positions()) {
            return x;
        }
        int[] size = {b, config.heads(), to - from, config.headWidth()};
        return tf.slice(x, tf.constant(new int[] {0, 0, from, 0}), tf.constant(size));
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
