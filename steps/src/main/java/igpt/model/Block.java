package igpt.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The formula of a block and of its gradient: attention over a norm of the residual, then an MLP over another norm. A
 * backward method takes the gradient by what a part made and returns that by what it was made of.
 */
final class Block {
    // Axes: b batch, s positions, e width, a heads, d head width.

    /** Its weights' names, in the order in which they are passed on. */
    static final List<String> WEIGHTS = List.of(
            "ln_1/g",
            "attn/q_proj",
            "attn/k_proj",
            "attn/v_proj",
            "attn/c_proj",
            "ln_2/g",
            "mlp/c_fc/w",
            "mlp/c_proj/w");

    private static final float GELU = 1.702f; // x · sigmoid(1.702 x)

    private final Ops tf;
    private final ModelConfig config;
    private final Products products;
    private final Attention attention;
    private final Norm entry;
    private final Norm middle;
    private final Operand<TFloat32> projections; // to queries, keys and values: [3 e, e]
    private final Operand<TFloat32> join; // [e, e]
    private final Operand<TFloat32> widen; // [e, 4 e]
    private final Operand<TFloat32> narrow; // [4 e, e]

    /** @param weights those of {@link #WEIGHTS} */
    Block(Ops tf, ModelConfig config, Precision precision, List<Operand<TFloat32>> weights) {
        this.tf = tf;
        this.config = config;
        products = new Products(tf, precision);
        attention = new Attention(tf, products, config);
        entry = new Norm(tf, weights.get(0), config.width());
        projections = projections(weights.get(1), weights.get(2), weights.get(3));
        join = square(weights.get(4));
        middle = new Norm(tf, weights.get(5), config.width());
        widen = weights.get(6);
        narrow = weights.get(7);
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

        private List<Operand<TFloat32>> list() {
            return Stream.concat(Stream.of(inverse, middle, middleInverse, wide), mixed.list().stream())
                    .toList();
        }

        private static Kept of(List<Operand<TFloat32>> list) {
            return new Kept(
                    list.get(0),
                    Attention.Mixed.of(list.subList(4, list.size())),
                    list.get(1),
                    list.get(2),
                    list.get(3));
        }
    }

    /** What the backward pass needs, as it lies in memory until then. */
    List<Operand<TFloat32>> pack(Kept kept) {
        Operand<TFloat32> heads = products.packed(kept.mixed().heads(), headsShape());
        Operand<TFloat32> wide = products.packed(kept.wide(), wideShape());
        return new Kept(kept.inverse(), kept.mixed().with(heads), kept.middle(), kept.middleInverse(), wide).list();
    }

    Kept unpack(List<Operand<TFloat32>> list) {
        Kept packed = Kept.of(list);
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
        Operand<TFloat32> inverse = entry.inverse(h);
        Attention.Mixed mixed = attention.forward(split(products.of(entry.values(h, inverse), projections, true), 3));
        Operand<TFloat32> a = tf.math.add(h, products.of(joined(mixed.values(), 1), join, false));
        Operand<TFloat32> middleInverse = middle.inverse(a);
        Operand<TFloat32> wide = products.of(middle.values(a, middleInverse), widen, false);
        Operand<TFloat32> exit = tf.math.add(a, products.of(tf.math.mul(wide, gate(wide)), narrow, false));
        return new Forward(new Kept(inverse, mixed, a, middleInverse, wide), exit);
    }

    /**
     * From the gradient by the exit, g [b s, e]: that by the residual before the block, h [b s, e], then those by {@link
     * #WEIGHTS}.
     */
    List<Operand<TFloat32>> backward(Operand<TFloat32> h, Kept kept, Operand<TFloat32> g) {
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
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        gradients.add(tf.math.add(byA, entry.byInput(h, kept.inverse(), byEntry)));
        gradients.add(entry.byGain(h, kept.inverse(), byEntry));
        List<? extends Operand<TFloat32>> parts =
                tf.split(tf.constant(0), byProjections, 3L).output();
        gradients.add(byHead(tf.math.mul(parts.get(0), queryScale())));
        gradients.add(byHead(parts.get(1)));
        gradients.add(byHead(parts.get(2)));
        gradients.add(byHead(byJoin));
        gradients.add(middle.byGain(a, kept.middleInverse(), byMiddle));
        gradients.add(byWiden);
        gradients.add(byNarrow);
        return gradients;
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
