package igpt.train;

import igpt.model.Backward;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Tower;
import igpt.model.Transformer;
import igpt.model.Weight;
import igpt.model.Weights;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The gradient of the loss by each weight that is trained, in a tower's graph. */
final class Gradients {
    // Axes: b sequences at a time, s positions, e width, K classes.

    private final Tower tower;
    private final ModelConfig config;
    private final Ops tf;
    private final Losses losses;
    private final float scale;
    private final boolean recompute;
    private final Backward backward;

    /**
     * @param scale of each image's loss
     * @param recompute whether each block is computed anew from the residual it begins with: in place of all that
     *     every block keeps, the residuals alone are kept
     */
    Gradients(Tower tower, SumByToken sumByToken, Losses losses, float scale, boolean recompute) {
        this.tower = tower;
        this.config = tower.config();
        this.tf = tower.tf();
        this.losses = losses;
        this.scale = scale;
        this.recompute = recompute;
        this.backward = new Backward(tower.transformer());
        Operand<TFloat32> content = throughBlocks();
        backward.put(Weights.WPE, tf.reduceSum(content, tf.constant(0)));
        backward.put(Weights.WTE, embeddingGradient(content, sumByToken));
        if (config.causal()) {
            backward.put(Weights.SOS, startGradient(content));
        }
    }

    /** Null if the loss does not depend on the weight. */
    @Nullable
    Operand<TFloat32> of(Weight weight) {
        return backward.byWeight(weight.name());
    }

    private Head head() {
        return Objects.requireNonNull(tower.head(), "a classification without a head");
    }

    /** From the last block to the first. Returns the gradient by the content, [b, s, e]. */
    private Operand<TFloat32> throughBlocks() {
        Transformer.Activations activations = tower.activations();
        int top = losses.generation() ? config.layers() : head().layer(); // the last that the loss depends on
        Transformer.Norm norm = activations.norms().get(top);
        Operand<TFloat32> gradient = backward.norm(norm, Objects.requireNonNull(byLosses(top, norm)));
        for (int layer = top - 1; layer >= 0; layer--) {
            Transformer.Block block = activations.blocks().get(layer);
            if (recompute) {
                block = tower.transformer().block(layer, after(block.entry().x(), gradient));
            }
            Backward.Entry entry = backward.block(block, gradient);
            @Nullable Operand<TFloat32> byLosses = byLosses(layer, block.entry());
            Operand<TFloat32> byNorm = byLosses == null ? entry.norm() : tf.math.add(entry.norm(), byLosses);
            gradient = tf.math.add(entry.residual(), backward.norm(block.entry(), byNorm));
        }
        return tf.reshape(gradient, tf.constant(new int[] {tower.batch(), config.positions(), config.width()}));
    }

    /** By a layer's norm, [b s, e]: from the losses that are read there; null if none is. */
    private @Nullable Operand<TFloat32> byLosses(int layer, Transformer.Norm norm) {
        @Nullable
        Operand<TFloat32> generation = losses.generation() && layer == config.layers()
                ? backward.logits(norm, tower.logitGradient(scale))
                : null;
        @Nullable
        Operand<TFloat32> classification =
                losses.classification() && layer == head().layer() ? throughHead(norm) : null;
        if (generation == null || classification == null) {
            return generation == null ? classification : generation;
        }
        return tf.math.add(generation, classification);
    }

    /** From the loss of the head's logits through its matrix and the average over positions: [b s, e]. */
    private Operand<TFloat32> throughHead(Transformer.Norm norm) {
        Operand<TFloat32> g = tower.classGradient(scale); // [b, K]
        backward.put(Head.WEIGHT, tf.linalg.matMul(tower.average(norm.values()), g, MatMul.transposeA(true)));
        Operand<TFloat32> byAverage = tf.linalg.matMul(g, tower.value(Head.WEIGHT), MatMul.transposeB(true)); // [b, e]
        Operand<TFloat32> byPosition = tf.math.mul(byAverage, tf.constant(1f / config.positions()));
        int b = tower.batch();
        int s = config.positions();
        int e = config.width();
        Operand<TFloat32> spread = tf.broadcastTo(
                tf.reshape(byPosition, tf.constant(new int[] {b, 1, e})), tf.constant(new long[] {b, s, e}));
        return tf.reshape(spread, tf.constant(new int[] {b * s, e}));
    }

    /**
     * The same value, but not before the gradient is there: else the compiler would find that the block was computed
     * before, and keep it. Tokens are not negative, which it does not know.
     */
    private Operand<TFloat32> after(Operand<TFloat32> h, Operand<TFloat32> gradient) {
        Operand<TInt32> token = tf.slice(tower.tokens(), tf.constant(new int[] {0, 0}), tf.constant(new int[] {1, 1}));
        Operand<TFloat32> zero = tf.dtypes.cast(
                tf.math.minimum(tf.reshape(token, tf.constant(new int[0])), tf.constant(0)), TFloat32.class);
        return tf.math.add(h, tf.math.mul(zero, gradient));
    }

    /** Position 0 of every sequence is sos. */
    private Operand<TFloat32> startGradient(Operand<TFloat32> content) {
        int[] size = {tower.batch(), 1, config.width()};
        Operand<TFloat32> first = tf.slice(content, tf.constant(new int[] {0, 0, 0}), tf.constant(size));
        return tf.reduceSum(first, tf.constant(new int[] {0, 1}));
    }

    /** Position t holds the embedding of token t − 1; BERT's that of its own, unless it is hidden. */
    private Operand<TFloat32> embeddingGradient(Operand<TFloat32> content, SumByToken sumByToken) {
        int b = tower.batch();
        int s = config.positions();
        Operand<TInt32> tokens = tower.tokens();
        Operand<TFloat32> gradient = content;
        if (config.causal()) {
            int[] size = {b, s - 1, config.width()};
            gradient = tf.slice(content, tf.constant(new int[] {0, 1, 0}), tf.constant(size));
            tokens = tf.slice(tokens, tf.constant(new int[] {0, 0}), tf.constant(new int[] {b, s - 1}));
        } else {
            gradient = tf.math.mul(content, tf.reshape(tower.seen(), tf.constant(new int[] {b, s, 1})));
        }
        int n = config.causal() ? b * (s - 1) : b * s;
        return sumByToken.of(
                tf,
                tf.reshape(gradient, tf.constant(new int[] {n, config.width()})),
                tf.reshape(tokens, tf.constant(new int[] {n})),
                config.colours());
    }
}
