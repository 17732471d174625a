package igpt.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The formula of a block and of its gradient: attention over a norm of the residual, then an MLP over another norm. A
 * backward method takes the gradient by what a part made and returns that by what it was made of.
 */
final class Block {
    // Axes: b batch, s positions, e width, a heads, d head width.

    // Its weights, by their names in the folder model/h3 and the like.
    static final String LN_1 = "ln_1/g"; // the gain of the norm before attention
    static final String Q_PROJ = "attn/q_proj";
    static final String K_PROJ = "attn/k_proj";
    static final String V_PROJ = "attn/v_proj";
    static final String ATTENTION_C_PROJ = "attn/c_proj"; // joins the heads
    static final String LN_2 = "ln_2/g"; // the gain of the norm before the MLP
    static final String C_FC = "mlp/c_fc/w"; // widens
    static final String MLP_C_PROJ = "mlp/c_proj/w"; // narrows

    private static final float GELU = 1.702f; // x · sigmoid(1.702 x)

    private final Ops tf;
    private final ModelConfig config;
    private final MatMuls products;
    private final Attention attention;
    private final Norm entry;
    private final Norm middle;
    private final Operand<TFloat32> projections; // to queries, keys and values: [3 e, e]
    private final Operand<TFloat32> join; // [e, e]
    private final Operand<TFloat32> widen; // [e, 4 e]
    private final Operand<TFloat32> narrow; // [4 e, e]

    /** @param weights by their names in the block */
    Block(Ops tf, ModelConfig config, Precision precision, Tensors weights) {
        this.tf = tf;
        this.config = config;
        products = new MatMuls(tf, precision);
        attention = new Attention(tf, products, config);
        entry = new Norm(tf, weights.get(LN_1), config.width());
        projections = projections(weights.get(Q_PROJ), weights.get(K_PROJ), weights.get(V_PROJ));
        join = square(weights.get(ATTENTION_C_PROJ));
        middle = new Norm(tf, weights.get(LN_2), config.width());
        widen = weights.get(C_FC);
        narrow = weights.get(MLP_C_PROJ);
    }

    /**
     * A forward pass.
     *
     * @param kept what the backward pass needs of it
     * @param exit the residual after the block, [b s, e]
     */
    record Forward(Kept kept, Operand<TFloat32> exit) {}

    /**
     * What the backward pass needs, in addition to the residual before the block.
     *
     * @param inverse of the entry's root mean square, [b s, 1]
     * @param mixed attention
     * @param middle the residual after attention, [b s, e]
     * @param middleInverse of its root mean square, [b s, 1]
     * @param wide the MLP's hidden layer, [b s, 4 e]
     */
    record Kept(
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

        private static Kept of(Tensors tensors) {
            return new Kept(
                    tensors.get(INVERSE),
                    Attention.Mixed.of(tensors.folder(MIXED)),
                    tensors.get(MIDDLE),
                    tensors.get(MIDDLE_INVERSE),
                    tensors.get(WIDE));
        }
    }

    /** What the backward pass needs, as it lies in memory until then. */
    Tensors pack(Kept kept) {
        Operand<TFloat32> heads = products.packed(kept.mixed().heads(), headsShape());
        Operand<TFloat32> wide = products.packed(kept.wide(), wideShape());
        return new Kept(kept.inverse(), kept.mixed().with(heads), kept.middle(), kept.middleInverse(), wide).tensors();
    }

    Kept unpack(Tensors tensors) {
        Kept packed = Kept.of(tensors);
        Operand<TFloat32> heads = products.unpacked(packed.mixed().heads(), headsShape());
        Operand<TFloat32> wide = products.unpacked(packed.wide(), wideShape());
        return new Kept(packed.inverse(), packed.mixed().with(heads), packed.middle(), packed.middleInverse(), wide);
    }

    private int[] headsShape() {
        return new int[] {-1, config.positions(), config.headWidth()};
    }

    private int[] wideShape() {
        return new int[] {-1, 4 * config.width()};
    }

    /** @param h the residual before the block, [b s, e] */
    Forward forward(Operand<TFloat32> h) {
        // a = h + attention(norm(h))
        Operand<TFloat32> inverse = entry.inverse(h);
        Attention.Mixed mixed = attention.forward(split(products.of(entry.values(h, inverse), projections, true), 3));
        Operand<TFloat32> a = tf.math.add(h, products.of(joined(mixed.values(), 1), join, false));
        // exit = a + mlp(norm(a))
        Operand<TFloat32> middleInverse = middle.inverse(a);
        Operand<TFloat32> wide = products.of(middle.values(a, middleInverse), widen, false);
        Operand<TFloat32> exit = tf.math.add(a, products.of(tf.math.mul(wide, gate(wide)), narrow, false));
        return new Forward(new Kept(inverse, mixed, a, middleInverse, wide), exit);
    }

    /**
     * The gradient by h and by the weights, under their names in the block.
     *
     * @param h the residual before the block, [b s, e]
     * @param g the gradient by the exit, [b s, e]
     */
    Gradient backward(Operand<TFloat32> h, Kept kept, Operand<TFloat32> g) {
        Operand<TFloat32> wide = kept.wide();
        Operand<TFloat32> gate = gate(wide);
        Operand<TFloat32> byNarrow = products.of(tf.math.mul(wide, gate), true, g, false);
        Operand<TFloat32> byWide = gelu(wide, gate, products.of(g, narrow, true));
        Operand<TFloat32> a = kept.middle();
        Operand<TFloat32> byWiden = products.of(middle.values(a, kept.middleInverse()), true, byWide, false);
        Operand<TFloat32> byMiddle = products.of(byWide, widen, true);
        Operand<TFloat32> byA = tf.math.add(g, middle.byInput(a, kept.middleInverse(), byMiddle));
        Operand<TFloat32> byJoin = products.of(joined(kept.mixed().values(), 1), true, byA, false);
        Operand<TFloat32> byHeads =
                joined(attention.backward(kept.mixed(), split(products.of(byA, join, true), 1)), 3); // [b s, 3 e]
        Operand<TFloat32> byProjections =
                products.of(byHeads, true, entry.values(h, kept.inverse()), false); // [3 e, e]
        Operand<TFloat32> byEntry = products.of(byHeads, projections, false);
        Operand<TFloat32> byInput = tf.math.add(byA, entry.byInput(h, kept.inverse(), byEntry));
        Operand<TFloat32> byEntryGain = entry.byGain(h, kept.inverse(), byEntry);
        var byProjection = tf.split(tf.constant(0), byProjections, 3L).output();
        Tensors byWeight = Tensors.of(LN_1, byEntryGain)
                .with(Q_PROJ, byHead(tf.math.mul(byProjection.get(0), queryScale())))
                .with(K_PROJ, byHead(byProjection.get(1)))
                .with(V_PROJ, byHead(byProjection.get(2)))
                .with(ATTENTION_C_PROJ, byHead(byJoin))
                .with(LN_2, middle.byGain(a, kept.middleInverse(), byMiddle))
                .with(C_FC, byWiden)
                .with(MLP_C_PROJ, byNarrow);
        return new Gradient(byInput, byWeight);
    }

    private Operand<TFloat32> gate(Operand<TFloat32> wide) {
        return tf.math.sigmoid(tf.math.mul(wide, tf.constant(GELU)));
    }

    /** By the hidden layer x, from that by x σ(1.702 x): g σ (1 + 1.702 x (1 − σ)); [b s, 4 e]. */
    private Operand<TFloat32> gelu(Operand<TFloat32> wide, Operand<TFloat32> gate, Operand<TFloat32> g) {
        Operand<TFloat32> one = tf.constant(1f);
        Operand<TFloat32> bent = tf.math.mul(tf.math.mul(wide, tf.constant(GELU)), tf.math.sub(one, gate));
        return tf.math.mul(g, tf.math.mul(gate, tf.math.add(one, bent)));
    }

    /** One matrix, so that it is one product: [3 e, e]; the queries' part divided by √d. */
    private Operand<TFloat32> projections(Operand<TFloat32> q, Operand<TFloat32> k, Operand<TFloat32> v) {
        return tf.concat(List.of(tf.math.mul(square(q), queryScale()), square(k), square(v)), tf.constant(0));
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

    /** So many parts of the heads side by side, [b s, parts e], as [parts b a, s, d]. */
    private Operand<TFloat32> split(Operand<TFloat32> joined, int parts) {
        int s = config.positions();
        int d = config.headWidth();
        Operand<TFloat32> heads = tf.reshape(joined, tf.constant(new int[] {-1, s, parts, config.heads(), d}));
        Operand<TFloat32> turned = tf.linalg.transpose(heads, tf.constant(new int[] {2, 0, 3, 1, 4}));
        return tf.reshape(turned, tf.constant(new int[] {-1, s, d}));
    }

    /** The opposite. */
    private Operand<TFloat32> joined(Operand<TFloat32> heads, int parts) {
        int[] shape = {parts, -1, config.heads(), config.positions(), config.headWidth()};
        Operand<TFloat32> split = tf.reshape(heads, tf.constant(shape));
        Operand<TFloat32> turned = tf.linalg.transpose(split, tf.constant(new int[] {1, 3, 0, 2, 4}));
        return tf.reshape(turned, tf.constant(new int[] {-1, parts * config.width()}));
    }
}
