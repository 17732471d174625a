package igpt.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * Softmax attention and its gradient, in blocks of queries. In a causal model no query of a block sees a key past the
 * block's end, so those scores are never computed; that is nearly half of them. The gradient is written out so that it
 * passes over the wide arrays, [b a, s, t], as rarely as possible: it divides by the softmax's sums, and subtracts their
 * part of the gradient, where arrays are narrow, [b a, s, d].
 */
final class Attention {
    // Axes: b batch, a heads, s queries, t keys, d head width.

    /** Queries in a block. */
    private static final int BLOCK = 128;

    /** Added to the score of a key that a query must not see. */
    private static final float UNSEEN = -1e10f;

    private final Ops tf;
    private final MatMuls products;
    private final ModelConfig config;

    Attention(Ops tf, MatMuls products, ModelConfig config) {
        this.tf = tf;
        this.products = products;
        this.config = config;
    }

    /**
     * What a forward pass keeps for the backward pass; {@code greatest} and {@code inverses} by block of queries.
     *
     * @param heads queries, already scaled, then keys, then values: [3 b a, s, d]
     * @param values attention's output: values weighted by the softmax of the scores, [b a, s, d]
     * @param greatest each query's greatest score, [b a, queries, 1]
     * @param inverses one over the sum of exp(score − greatest), [b a, queries, 1]
     */
    record Mixed(
            Operand<TFloat32> heads,
            Operand<TFloat32> values,
            List<Operand<TFloat32>> greatest,
            List<Operand<TFloat32>> inverses) {

        Mixed with(Operand<TFloat32> heads) {
            return new Mixed(heads, values, greatest, inverses);
        }

        private static final String HEADS = "heads";
        private static final String VALUES = "values";
        private static final String GREATEST = "greatest";
        private static final String INVERSES = "inverses";

        Tensors tensors() {
            return Tensors.of(HEADS, heads)
                    .with(VALUES, values)
                    .with(GREATEST, numbered(greatest))
                    .with(INVERSES, numbered(inverses));
        }

        static Mixed of(Tensors tensors) {
            return new Mixed(
                    tensors.get(HEADS),
                    tensors.get(VALUES),
                    tensors.folder(GREATEST).values(),
                    tensors.folder(INVERSES).values());
        }

        /** Named by their block of queries, from 0. */
        private static Tensors numbered(List<Operand<TFloat32>> blocks) {
            var tensors = Tensors.none();
            for (int block = 0; block < blocks.size(); block++) {
                tensors = tensors.with(String.valueOf(block), blocks.get(block));
            }
            return tensors;
        }
    }

    /** Queries, already scaled, keys and values of each head, [b a, s, d]. */
    private record Heads(Operand<TFloat32> queries, Operand<TFloat32> keys, Operand<TFloat32> values) {}

    /**
     * A block of queries.
     *
     * @param from its first query
     * @param to past its last query
     * @param keys the number of keys, from the first, that its last query sees
     */
    private record Range(int from, int to, int keys) {}

    private List<Range> ranges() {
        var ranges = new ArrayList<Range>();
        for (int from = 0; from < config.positions(); from += BLOCK) {
            int to = Math.min(from + BLOCK, config.positions());
            ranges.add(new Range(from, to, config.causal() ? to : config.positions()));
        }
        return ranges;
    }

    /** @param heads queries, already scaled, then keys, then values: [3 b a, s, d] */
    Mixed forward(Operand<TFloat32> heads) {
        var qkv = thirds(heads);
        var values = new ArrayList<Operand<TFloat32>>();
        var greatest = new ArrayList<Operand<TFloat32>>();
        var inverses = new ArrayList<Operand<TFloat32>>();
        for (var range : ranges()) {
            var scores = scores(qkv, range);
            Operand<TFloat32> most = tf.reduceMax(scores, tf.constant(-1), ReduceMax.keepDims(true));
            var exponential = exponential(scores, most, range);
            Operand<TFloat32> inverse =
                    tf.math.reciprocal(tf.reduceSum(exponential, tf.constant(-1), ReduceSum.keepDims(true)));
            var sums = products.ofHeads(
                    exponential, false, rows(qkv.values(), 0, range.keys()), false); // [b a, queries, d]
            values.add(tf.math.mul(sums, inverse));
            greatest.add(most);
            inverses.add(inverse);
        }
        return new Mixed(heads, concat(values), greatest, inverses);
    }

    /**
     * Attention over some of the keys, to which more can be added.
     *
     * @param greatest each query's greatest score, [b a, s, 1]
     * @param total the sum of exp(score − greatest), [b a, s, 1]
     * @param sums values weighted by exp(score − greatest), [b a, s, d]
     */
    record Partial(Operand<TFloat32> greatest, Operand<TFloat32> total, Operand<TFloat32> sums) {
        private static final String GREATEST = "greatest";
        private static final String TOTAL = "total";
        private static final String SUMS = "sums";

        Tensors tensors() {
            return Tensors.of(GREATEST, greatest).with(TOTAL, total).with(SUMS, sums);
        }

        static Partial of(Tensors tensors) {
            return new Partial(tensors.get(GREATEST), tensors.get(TOTAL), tensors.get(SUMS));
        }

        /** Over no keys at all. */
        static Partial none(Ops tf, int heads, int queries, int headWidth) {
            return new Partial(
                    tf.fill(tf.constant(new int[] {heads, queries, 1}), tf.constant(-Float.MAX_VALUE)),
                    tf.fill(tf.constant(new int[] {heads, queries, 1}), tf.constant(0f)),
                    tf.fill(tf.constant(new int[] {heads, queries, headWidth}), tf.constant(0f)));
        }
    }

    /**
     * The same over more keys.
     *
     * @param queries already scaled, [b a, s, d]
     * @param keys [b a, t, d]
     * @param values [b a, t, d]
     * @param last the number of the last of these keys that is seen, from 0; those after it are not
     */
    Partial over(
            Partial before,
            Operand<TFloat32> queries,
            Operand<TFloat32> keys,
            Operand<TFloat32> values,
            int count,
            Operand<TFloat32> last) {
        float[] numbers = new float[count];
        for (int t = 0; t < count; t++) {
            numbers[t] = t;
        }
        Operand<TFloat32> unseen = tf.dtypes.cast(tf.math.greater(tf.constant(numbers), last), TFloat32.class); // [t]
        Operand<TFloat32> scores = tf.math.add(
                products.ofHeads(queries, false, keys, true), tf.math.mul(unseen, tf.constant(UNSEEN))); // [b a, s, t]
        Operand<TFloat32> greatest =
                tf.math.maximum(before.greatest(), tf.reduceMax(scores, tf.constant(-1), ReduceMax.keepDims(true)));
        Operand<TFloat32> rescaled = tf.math.exp(tf.math.sub(before.greatest(), greatest));
        Operand<TFloat32> exponential = tf.math.exp(tf.math.sub(scores, greatest));
        return new Partial(
                greatest,
                tf.math.add(
                        tf.math.mul(before.total(), rescaled),
                        tf.reduceSum(exponential, tf.constant(-1), ReduceSum.keepDims(true))),
                tf.math.add(tf.math.mul(before.sums(), rescaled), products.ofHeads(exponential, false, values, false)));
    }

    /** Attention's output when all keys have been read, [b a, s, d]. */
    Operand<TFloat32> output(Partial all) {
        return tf.math.mul(all.sums(), tf.math.reciprocal(all.total()));
    }

    /** A block's scores, [b a, queries, keys]: about −10¹⁰ where a query must not see a key. */
    private Operand<TFloat32> scores(Heads qkv, Range range) {
        var scores = products.ofHeads(
                rows(qkv.queries(), range.from(), range.to()), false, rows(qkv.keys(), 0, range.keys()), true);
        return config.causal() ? tf.math.add(scores, causalMask(range)) : scores;
    }

    /** exp(scores − greatest): [b a, queries, keys]. */
    private Operand<TFloat32> exponential(Operand<TFloat32> scores, Operand<TFloat32> greatest, Range range) {
        return wide(tf.math.exp(tf.math.sub(flat(scores, range.keys()), flat(greatest, 1))), range);
    }

    /**
     * A wide array, [b a, queries, keys], or a column, [b a, queries, 1], as rows: [b a queries, keys]. This keeps XLA from
     * writing a result over the product that it is computed from, in which case LLVM would not vectorize the loop.
     */
    private Operand<TFloat32> flat(Operand<TFloat32> array, int columns) {
        return tf.reshape(array, tf.constant(new int[] {-1, columns}));
    }

    /** The inverse of {@link #flat}. */
    private Operand<TFloat32> wide(Operand<TFloat32> rows, Range range) {
        return tf.reshape(rows, tf.constant(new int[] {-1, range.to() - range.from(), range.keys()}));
    }

    /**
     * The gradient with respect to queries, keys and values, [3 b a, s, d].
     *
     * @param gradient with respect to the output, [b a, s, d]
     */
    Operand<TFloat32> backward(Mixed mixed, Operand<TFloat32> gradient) {
        var qkv = thirds(mixed.heads());
        var byQ = new ArrayList<Operand<TFloat32>>();
        var byK = new ArrayList<Operand<TFloat32>>();
        var byV = new ArrayList<Operand<TFloat32>>();
        var ranges = ranges();
        for (int i = 0; i < ranges.size(); i++) {
            var range = ranges.get(i);
            int from = range.from();
            int to = range.to();
            int keys = range.keys();
            var exponential = exponential(scores(qkv, range), mixed.greatest().get(i), range);
            Operand<TFloat32> g =
                    tf.math.mul(rows(gradient, from, to), mixed.inverses().get(i));
            Operand<TFloat32> part = tf.reduceSum(
                    tf.math.mul(g, rows(mixed.values(), from, to)),
                    tf.constant(-1),
                    ReduceSum.keepDims(true)); // [b a, queries, 1]
            var byWeights = products.ofHeads(g, false, rows(qkv.values(), 0, keys), true);
            var byScores = wide(
                    tf.math.mul(flat(exponential, keys), tf.math.sub(flat(byWeights, keys), flat(part, 1))), range);
            byQ.add(products.ofHeads(byScores, false, rows(qkv.keys(), 0, keys), false));
            byK.add(padded(products.ofHeads(byScores, true, rows(qkv.queries(), from, to), false), keys));
            byV.add(padded(products.ofHeads(exponential, true, g, false), keys));
        }
        return tf.concat(List.of(concat(byQ), sum(byK), sum(byV)), tf.constant(0));
    }

    private Heads thirds(Operand<TFloat32> heads) {
        var thirds = tf.split(tf.constant(0), heads, 3L).output();
        return new Heads(thirds.get(0), thirds.get(1), thirds.get(2));
    }

    private Operand<TFloat32> sum(List<Operand<TFloat32>> blocks) {
        return blocks.size() == 1 ? blocks.get(0) : tf.math.addN(blocks);
    }

    private Operand<TFloat32> concat(List<Operand<TFloat32>> blocks) {
        return blocks.size() == 1 ? blocks.get(0) : tf.concat(blocks, tf.constant(1));
    }

    /** [b a, keys, d] with zeros after it: [b a, s, d]. */
    private Operand<TFloat32> padded(Operand<TFloat32> x, int keys) {
        int missing = config.positions() - keys;
        return missing == 0 ? x : tf.pad(x, tf.constant(new int[][] {{0, 0}, {0, missing}, {0, 0}}), tf.constant(0f));
    }

    /** The causal mask: 0 where query {@code from + s} sees key t, −10¹⁰ where t is after it: [queries, keys]. */
    private Operand<TFloat32> causalMask(Range range) {
        var mask = NdArrays.ofFloats(Shape.of(range.to() - range.from(), range.keys()));
        mask.scalars().forEachIndexed((at, cell) -> cell.setFloat(at[1] > range.from() + at[0] ? UNSEEN : 0f));
        return tf.constant(mask);
    }

    /** Positions {@code from} to {@code to} of [b a, s, d]. */
    private Operand<TFloat32> rows(Operand<TFloat32> x, int from, int to) {
        return from == 0 && to == config.positions()
                ? x
                : tf.slice(
                        x, tf.constant(new int[] {0, from, 0}), tf.constant(new int[] {-1, to - from, config.headWidth()
                        }));
    }
}
