package igpt.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * The gradient of a loss through a {@link Transformer}, written out: each method takes the gradient by what a part made
 * and returns that by what it was made of. The gradients by the weights are put down on the way.
 */
public final class Backward {
    // Axes: b batch, s positions, e width, a heads, d head width, v colours.

    private final Transformer transformer;
    private final ModelConfig config;
    private final Ops tf;
    private final Map<String, Operand<TFloat32>> byWeight = new LinkedHashMap<>();

    public Backward(Transformer transformer) {
        this.transformer = transformer;
        this.config = transformer.config;
        this.tf = transformer.tf;
    }

    /** The gradient by the weight of that name; null if the loss does not depend on it. */
    public @Nullable Operand<TFloat32> byWeight(String name) {
        return byWeight.get(name);
    }

    /** Puts down the gradient by a weight that stands outside norms and blocks. */
    public void put(String name, Operand<TFloat32> gradient) {
        byWeight.put(name, gradient);
    }

    /** By the last norm's values, [b s, e], from that by the logits, [b s, v]. */
    public Operand<TFloat32> logits(Transformer.Norm last, Operand<TFloat32> g) {
        put(Weights.WTET, transformer.logitProducts.of(g, true, last.values(), false));
        return transformer.logitProducts.of(g, transformer.weight(Weights.WTET), false);
    }

    /** By what is normed, x, from that by the norm's values: r (u − x r² mean(u x)) where u = g · gain; [b s, e]. */
    public Operand<TFloat32> norm(Transformer.Norm norm, Operand<TFloat32> g) {
        Operand<TFloat32> x = norm.x();
        Operand<TFloat32> r = norm.inverse();
        put(norm.gain(), tf.reduceSum(tf.math.mul(g, tf.math.mul(x, r)), tf.constant(0)));
        Operand<TFloat32> u = tf.math.mul(g, transformer.weight(norm.gain()));
        Operand<TFloat32> sum = tf.reduceSum(tf.math.mul(u, x), tf.constant(-1), ReduceSum.keepDims(true)); // [b s, 1]
        Operand<TFloat32> share =
                tf.math.mul(tf.math.mul(sum, tf.math.square(r)), tf.constant(1f / config.width())); // [b s, 1]
        return tf.math.mul(r, tf.math.sub(u, tf.math.mul(x, share)));
    }

    /**
     * What comes back to a block's entry, each [b s, e].
     *
     * @param residual by the residual, past attention
     * @param norm by its norm's values, through attention
     */
    public record Entry(Operand<TFloat32> residual, Operand<TFloat32> norm) {}

    /** From that by the block's exit, [b s, e]. */
    public Entry block(Transformer.Block block, Operand<TFloat32> g) {
        int layer = block.layer();
        Operand<TFloat32> byActive = product(layer, "mlp/c_proj/w", block.active(), g);
        Operand<TFloat32> byMiddle = product(layer, "mlp/c_fc/w", block.middle().values(), gelu(block, byActive));
        Operand<TFloat32> residual = tf.math.add(g, norm(block.middle(), byMiddle));
        Operand<TFloat32> byJoined = product(layer, "attn/c_proj", block.joined(), residual);
        Operand<TFloat32> byHeads = transformer.attention.backward(block.attention(), split(byJoined));
        return new Entry(residual, projections(block, byHeads));
    }

    /** By the hidden layer x, from that by x σ(1.702 x): g σ (1 + 1.702 x (1 − σ)); [b s, 4 e]. */
    private Operand<TFloat32> gelu(Transformer.Block block, Operand<TFloat32> g) {
        Operand<TFloat32> one = tf.constant(1f);
        Operand<TFloat32> bent =
                tf.math.mul(tf.math.mul(block.wide(), tf.constant(Transformer.GELU)), tf.math.sub(one, block.gate()));
        return tf.math.mul(g, tf.math.mul(block.gate(), tf.math.add(one, bent)));
    }

    /** [b s, e] by head: [b a, s, d]. */
    private Operand<TFloat32> split(Operand<TFloat32> joined) {
        int s = config.positions();
        int d = config.headWidth();
        Operand<TFloat32> heads = tf.reshape(joined, transformer.shape(-1, s, config.heads(), d));
        Operand<TFloat32> split = tf.linalg.transpose(heads, tf.constant(new int[] {0, 2, 1, 3}));
        return tf.reshape(split, transformer.shape(-1, s, d));
    }

    /** By the entry's norm, [b s, e], from that by queries, keys and values, [3, b a, s, d]. */
    private Operand<TFloat32> projections(Transformer.Block block, Operand<TFloat32> heads) {
        Operand<TFloat32> split =
                tf.reshape(heads, transformer.shape(3, -1, config.heads(), config.positions(), config.headWidth()));
        Operand<TFloat32> g = tf.reshape(
                tf.linalg.transpose(split, tf.constant(new int[] {1, 3, 0, 2, 4})),
                transformer.shape(-1, 3 * config.width())); // [b s, 3 e]
        Operand<TFloat32> byProjections =
                transformer.products.of(g, true, block.entry().values(), false); // [3 e, e]
        List<Operand<TFloat32>> parts =
                List.copyOf(tf.split(tf.constant(0), byProjections, 3L).output());
        putMatrix(block.layer(), "attn/q_proj", tf.math.mul(parts.get(0), transformer.queryScale()));
        putMatrix(block.layer(), "attn/k_proj", parts.get(1));
        putMatrix(block.layer(), "attn/v_proj", parts.get(2));
        return transformer.products.of(g, block.projections(), false);
    }

    /** Of x W with a block's weight: puts down xᵀ g, returns g Wᵀ. */
    private Operand<TFloat32> product(int layer, String weight, Operand<TFloat32> x, Operand<TFloat32> g) {
        putMatrix(layer, weight, transformer.products.of(x, true, g, false));
        return transformer.products.of(g, transformer.matrix(layer, weight), true);
    }

    private void putMatrix(int layer, String weight, Operand<TFloat32> gradient) {
        int[] heads = {config.heads(), config.headWidth(), config.width()};
        put(
                Transformer.name(layer, weight),
                weight.startsWith("attn/") ? tf.reshape(gradient, tf.constant(heads)) : gradient);
    }
}
