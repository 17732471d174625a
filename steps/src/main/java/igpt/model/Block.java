package igpt.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The formula of a block and of its gradient: attention over a norm of the residual, then an MLP over another norm. A
 * backward method takes the gradient with respect to a part's output, and returns those with respect to its inputs.
 */
final class Block {
    // Axes: b batch, s positions, e width, a heads, d head width.

    // Its weights, by their names in the block's folder, such as model/h3.
    static final String LN_1 = "ln_1/g"; // the gain of the norm before attention
    static final String Q_PROJ = "attn/q_proj";
    static final String K_PROJ = "attn/k_proj";
    static final String V_PROJ = "attn/v_proj";
    static final String ATTENTION_C_PROJ = "attn/c_proj"; // joins the heads
    static final String LN_2 = "ln_2/g"; // the gain of the norm before the MLP
    static final String C_FC = "mlp/c_fc/w"; // widens
    static final String MLP_C_PROJ = "mlp/c_proj/w"; // narrows

    /** Q_PROJ, K_PROJ and V_PROJ {@link #arranged} as one matrix, [e, 3 e]; computed from them where it is not given. */
    private static final String PROJECTIONS = "attn/projections";

    private static final float GELU = 1.702f; // x · sigmoid(1.702 x)

    private final Ops tf;
    private final ModelConfig config;
    private final MatMuls products;
    private final Attention attention;
    private final Norm entry;
    private final Norm middle;
    private final Operand<TFloat32> projections; // to queries, keys and values: [3 e, e], or [e, 3 e] if arranged
    private final boolean arranged;
    private final Operand<TFloat32> join; // [e, e]
    private final Operand<TFloat32> widen; // [e, 4 e]
    private final Operand<TFloat32> narrow; // [4 e, e]

    /** @param weights by their names in the block's folder */
    Block(Ops tf, ModelConfig config, Precision precision, Tensors weights) {
        this.tf = tf;
        this.config = config;
        products = new MatMuls(tf, precision);
        attention = new Attention(tf, products, config);
        entry = new Norm(tf, weights.get(LN_1), config.width());
        arranged = weights.names().contains(PROJECTIONS);
        projections = arranged
                ? weights.get(PROJECTIONS)
                : projections(weights.get(Q_PROJ), weights.get(K_PROJ), weights.get(V_PROJ));
        join = square(weights.get(ATTENTION_C_PROJ));
        middle = new Norm(tf, weights.get(LN_2), config.width());
        widen = weights.get(C_FC);
        narrow = weights.get(MLP_C_PROJ);
    }

    /**
     * A forward pass.
     *
     * @param activations what the backward pass needs
     * @param exit the residual after the block, [b s, e]
     */
    record Forward(Activations activations, Operand<TFloat32> exit) {}

    /**
     * The activations that the backward pass needs, in addition to the residual before the block.
     *
     * @param inverse one over the root mean square of the residual before the block, [b s, 1]
     * @param mixed attention's
     * @param middle the residual after attention, [b s, e]
     * @param middleInverse one over the root mean square of {@code middle}, [b s, 1]
     * @param wide the MLP's hidden layer, [b s, 4 e]
     */
    record Activations(
            Operand<TFloat32> inverse,
            Attention.Mixed mixed,
            Operand<TFloat32> middle,
            Operand<TFloat32> middleInverse,
            Operand<TFloat32> wide) {

        private static final String INVERSE = "inverse";
        private static final String MIDDLE = "middle";
        private static final String MIDDLE_INVERSE = "middle_inverse";
        private static final String WIDE = "wide";
        private static final String MIXED = "mixed";

        private Tensors tensors() {
            return Tensors.of(INVERSE, inverse)
                    .with(MIDDLE, middle)
                    .with(MIDDLE_INVERSE, middleInverse)
                    .with(WIDE, wide)
                    .with(MIXED, mixed.tensors());
        }

        private static Activations of(Tensors tensors) {
            return new Activations(
                    tensors.get(INVERSE),
                    Attention.Mixed.of(tensors.folder(MIXED)),
                    tensors.get(MIDDLE),
                    tensors.get(MIDDLE_INVERSE),
                    tensors.get(WIDE));
        }
    }

    /** The activations in the form in which they stay in memory until the backward pass. */
    Tensors pack(Activations activations) {
        var heads = products.packed(activations.mixed().heads(), headsShape());
        var wide = products.packed(activations.wide(), wideShape());
        return new Activations(
                        activations.inverse(),
                        activations.mixed().with(heads),
                        activations.middle(),
                        activations.middleInverse(),
                        wide)
                .tensors();
    }

    /** The inverse of {@link #pack}. */
    Activations unpack(Tensors tensors) {
        var packed = Activations.of(tensors);
        var heads = products.unpacked(packed.mixed().heads(), headsShape());
        var wide = products.unpacked(packed.wide(), wideShape());
        return new Activations(
                packed.inverse(), packed.mixed().with(heads), packed.middle(), packed.middleInverse(), wide);
    }

    private int[] headsShape() {
        return new int[] {-1, config.positions(), config.headWidth()};
    }

    private int[] wideShape() {
        return new int[] {-1, 4 * config.width()};
    }

    /** @param h the residual before the block, [b s, e] */
    Forward forward(Operand<TFloat32> h) {
        var inverse = entry.inverse(h);
        var mixed = attention.forward(heads(h, inverse));
        var exit = exit(h, mixed.values());
        return new Forward(
                new Activations(inverse, mixed, exit.middle(), exit.middleInverse(), exit.wide()), exit.exit());
    }

    /** Queries, already scaled, then keys, then values, of the residual before the block: [3 b a, s, d]. */
    Operand<TFloat32> heads(Operand<TFloat32> h) {
        return heads(h, entry.inverse(h));
    }

    private Operand<TFloat32> heads(Operand<TFloat32> h, Operand<TFloat32> inverse) {
        return split(products.of(entry.values(h, inverse), projections, !arranged), 3);
    }

    /** The block from attention's output on: the activations as in {@link Activations}, and the residual after it. */
    private record Exit(
            Operand<TFloat32> middle,
            Operand<TFloat32> middleInverse,
            Operand<TFloat32> wide,
            Operand<TFloat32> exit) {}

    private Exit exit(Operand<TFloat32> h, Operand<TFloat32> mixed) {
        // a = h + attention(norm(h))
        Operand<TFloat32> a = tf.math.add(h, products.of(joined(mixed, 1), join, false));
        // exit = a + mlp(norm(a))
        var middleInverse = middle.inverse(a);
        var wide = products.of(middle.values(a, middleInverse), widen, false);
        Operand<TFloat32> exit = tf.math.add(a, products.of(tf.math.mul(wide, gate(wide)), narrow, false));
        return new Exit(a, middleInverse, wide, exit);
    }

    /** The residual after the block, [b s, e], from that before it and attention over all keys. */
    Operand<TFloat32> forward(Operand<TFloat32> h, Attention.Partial all) {
        return exit(h, attention.output(all)).exit();
    }

    /**
     * The gradient with respect to h and to the weights, these by their names in the block's folder.
     *
     * @param h the residual before the block, [b s, e]
     * @param g the gradient with respect to the exit, [b s, e]
     */
    Gradient backward(Operand<TFloat32> h, Activations activations, Operand<TFloat32> g) {
        var wide = activations.wide();
        var gate = gate(wide);
        var byNarrow = products.of(tf.math.mul(wide, gate), true, g, false);
        var byWide = geluGradient(wide, gate, products.of(g, narrow, true));
        var a = activations.middle();
        var byWiden = products.of(middle.values(a, activations.middleInverse()), true, byWide, false);
        var byMiddle = products.of(byWide, widen, true);
        Operand<TFloat32> byA = tf.math.add(g, middle.byInput(a, activations.middleInverse(), byMiddle));
        var byJoin = products.of(joined(activations.mixed().values(), 1), true, byA, false);
        var byHeads = joined(
                attention.backward(activations.mixed(), split(products.of(byA, join, true), 1)), 3); // [b s, 3 e]
        var byProjections = products.of(byHeads, true, entry.values(h, activations.inverse()), false); // [3 e, e]
        var byEntry = products.of(byHeads, projections, false);
        Operand<TFloat32> byInput = tf.math.add(byA, entry.byInput(h, activations.inverse(), byEntry));
        var byEntryGain = entry.byGain(h, activations.inverse(), byEntry);
        var byProjection = tf.split(tf.constant(0), byProjections, 3L).output();
        var byWeight = Tensors.of(LN_1, byEntryGain)
                .with(Q_PROJ, byHead(tf.math.mul(byProjection.get(0), queryScale())))
                .with(K_PROJ, byHead(byProjection.get(1)))
                .with(V_PROJ, byHead(byProjection.get(2)))
                .with(ATTENTION_C_PROJ, byHead(byJoin))
                .with(LN_2, middle.byGain(a, activations.middleInverse(), byMiddle))
                .with(C_FC, byWiden)
                .with(MLP_C_PROJ, byNarrow);
        return new Gradient(byInput, byWeight);
    }

    private Operand<TFloat32> gate(Operand<TFloat32> wide) {
        return tf.math.sigmoid(tf.math.mul(wide, tf.constant(GELU)));
    }

    /** With respect to the hidden layer x, given g with respect to x σ(1.702 x): g σ (1 + 1.702 x (1 − σ)); [b s, 4 e]. */
    private Operand<TFloat32> geluGradient(Operand<TFloat32> wide, Operand<TFloat32> gate, Operand<TFloat32> g) {
        Operand<TFloat32> one = tf.constant(1f);
        Operand<TFloat32> bent = tf.math.mul(tf.math.mul(wide, tf.constant(GELU)), tf.math.sub(one, gate));
        return tf.math.mul(g, tf.math.mul(gate, tf.math.add(one, bent)));
    }

    /** The three as one matrix, for one product: [3 e, e]. The queries' part is divided by √d. */
    private Operand<TFloat32> projections(Operand<TFloat32> q, Operand<TFloat32> k, Operand<TFloat32> v) {
        return tf.concat(List.of(tf.math.mul(square(q), queryScale()), square(k), square(v)), tf.constant(0));
    }

    /** What of a block's weights is to be computed once, not at every call, if its products are small: by its name. */
    static Tensors arranged(Ops tf, ModelConfig config, Tensors weights) {
        var block = new Block(tf, config, Precision.FLOAT32, weights);
        return Tensors.of(PROJECTIONS, tf.linalg.transpose(block.projections, tf.constant(new int[] {1, 0})));
    }

    private Operand<TFloat32> queryScale() {
        return tf.constant((float) (1 / Math.sqrt(config.headWidth())));
    }

    /** A projection, [a, d, e], as a matrix: [e, e]. */
    private Operand<TFloat32> square(Operand<TFloat32> projection) {
        return tf.reshape(projection, tf.constant(new int[] {config.width(), config.width()}));
    }

    private Operand<TFloat32> byHead(Operand<TFloat32> matrix) {
        return tf.reshape(matrix, tf.constant(new int[] {config.heads(), config.headWidth(), config.width()}));
    }

    /** Parts that lie side by side, [b s, parts e], such as queries, keys and values, by head: [parts b a, s, d]. */
    private Operand<TFloat32> split(Operand<TFloat32> joined, int parts) {
        int s = config.positions();
        int d = config.headWidth();
        Operand<TFloat32> heads = tf.reshape(joined, tf.constant(new int[] {-1, s, parts, config.heads(), d}));
        Operand<TFloat32> transposed = tf.linalg.transpose(heads, tf.constant(new int[] {2, 0, 3, 1, 4}));
        return tf.reshape(transposed, tf.constant(new int[] {-1, s, d}));
    }

    /** The inverse of {@link #split}. */
    private Operand<TFloat32> joined(Operand<TFloat32> heads, int parts) {
        int[] shape = {parts, -1, config.heads(), config.positions(), config.headWidth()};
        Operand<TFloat32> split = tf.reshape(heads, tf.constant(shape));
        Operand<TFloat32> transposed = tf.linalg.transpose(split, tf.constant(new int[] {1, 3, 0, 2, 4}));
        return tf.reshape(transposed, tf.constant(new int[] {-1, parts * config.width()}));
    }
}
