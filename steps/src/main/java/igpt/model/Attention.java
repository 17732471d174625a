package igpt.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * Softmax attention and its gradient, in blocks of queries: what lies past a block's end is masked in a causal model, so
 * it is never computed. The gradient is written out: it divides by the sums and subtracts their part where the arrays
 * are narrow, [b a, s, d], and so passes over the wide ones, [b a, s, t], as seldom as can be.
 */
final class Attention {
    // Axes: b batch, a heads, s queries, t keys, d head width.

    /** Queries at a time. */
    private static final int BLOCK = 128;

    private final Ops tf;
    private final Products products;
    private final ModelConfig config;
    private final int b;
    private final Map<Integer, Operand<TFloat32>> masks = new HashMap<>(); // by first query: every layer's are the same

    Attention(Ops tf, Products products, ModelConfig config, int batch) {
        this.tf = tf;
        this.products = products;
        this.config = config;
        this.b = batch;
    }

    /**
     * A block of queries.
     *
     * @param from its first
     * @param to past its last
     * @param keys how many keys it sees, from the first
     * @param exponentials of the scores less their maximum, [b a, to - from, keys]
     * @param inverse of the exponentials' sum, [b a, to - from, 1]
     * @param values mixed, [b a, to - from, d]
     */
    record Block(
            int from,
            int to,
            int keys,
            Operand<TFloat32> exponentials,
            Operand<TFloat32> inverse,
            Operand<TFloat32> values) {}

    /**
     * What a forward pass leaves for the backward pass.
     *
     * @param q queries, already scaled, [b a, s, d]
     * @param k keys, [b a, s, d]
     * @param v values, [b a, s, d]
     * @param values mixed, [b a, s, d]
     */
    record Mixed(
            Operand<TFloat32> q,
            Operand<TFloat32> k,
            Operand<TFloat32> v,
            List<Block> blocks,
            Operand<TFloat32> values) {}

    /** From queries, keys and values, [3, b a, s, d]; the queries already scaled. */
    Mixed forward(Operand<TFloat32> heads) {
        List<Output<TFloat32>> qkv = tf.unstack(heads, 3L).output();
        Operand<TFloat32> q = qkv.get(0);
        Operand<TFloat32> k = qkv.get(1);
        Operand<TFloat32> v = qkv.get(2);
        List<Block> blocks = new ArrayList<>();
        for (int from = 0; from < config.positions(); from += BLOCK) {
            int to = Math.min(from + BLOCK, config.positions());
            int keys = config.causal() ? to : config.positions();
            Operand<TFloat32> scores = products.ofHeads(rows(q, from, to), false, rows(k, 0, keys), true);
            if (config.causal()) {
                scores = tf.math.add(scores, masks.computeIfAbsent(from, first -> mask(first, to)));
            }
            Operand<TFloat32> greatest =
                    tf.reduceMax(scores, tf.constant(-1), ReduceMax.keepDims(true)); // [b a, to - from, 1]
            Operand<TFloat32> exponentials = tf.math.exp(tf.math.sub(scores, greatest));
            Operand<TFloat32> inverse =
                    tf.math.reciprocal(tf.reduceSum(exponentials, tf.constant(-1), ReduceSum.keepDims(true)));
            Operand<TFloat32> values =
                    tf.math.mul(products.ofHeads(exponentials, false, rows(v, 0, keys), false), inverse);
            blocks.add(new Block(from, to, keys, exponentials, inverse, values));
        }
        return new Mixed(
                q, k, v, blocks, concat(blocks.stream().map(Block::values).toList()));
    }

    /** The gradient by queries, keys and values, [3, b a, s, d], from that by the mixed values, [b a, s, d]. */
    Operand<TFloat32> backward(Mixed mixed, Operand<TFloat32> gradient) {
        List<Operand<TFloat32>> byQ = new ArrayList<>();
        List<Operand<TFloat32>> byK = new ArrayList<>();
        List<Operand<TFloat32>> byV = new ArrayList<>();
        for (Block block : mixed.blocks()) {
            Operand<TFloat32> g = tf.math.mul(rows(gradient, block.from(), block.to()), block.inverse());
            Operand<TFloat32> part = tf.reduceSum(
                    tf.math.mul(g, block.values()), tf.constant(-1), ReduceSum.keepDims(true)); // [b a, to - from, 1]
            Operand<TFloat32> byScores = tf.math.mul(
                    block.exponentials(),
                    tf.math.sub(products.ofHeads(g, false, rows(mixed.v(), 0, block.keys()), true), part));
            byQ.add(products.ofHeads(byScores, false, rows(mixed.k(), 0, block.keys()), false));
            byK.add(padded(
                    products.ofHeads(byScores, true, rows(mixed.q(), block.from(), block.to()), false), block.keys()));
            byV.add(padded(products.ofHeads(block.exponentials(), true, g, false), block.keys()));
        }
        return tf.stack(List.of(concat(byQ), sum(byK), sum(byV)));
    }

    private Operand<TFloat32> sum(List<Operand<TFloat32>> blocks) {
        return blocks.size() == 1 ? blocks.get(0) : tf.math.addN(blocks);
    }

    private Operand<TFloat32> concat(List<Operand<TFloat32>> blocks) {
        return blocks.size() == 1 ? blocks.get(0) : tf.concat(blocks, tf.constant(1));
    }

    /** Zeros after [b a, keys, d]. */
    private Operand<TFloat32> padded(Operand<TFloat32> x, int keys) {
        int missing = config.positions() - keys;
        return missing == 0 ? x : tf.pad(x, tf.constant(new int[][] {{0, 0}, {0, missing}, {0, 0}}), tf.constant(0f));
    }

    /** 0 where query {@code from + s} may see key t, -1e10 where t lies ahead of it: [to - from, to]. */
    private Operand<TFloat32> mask(int from, int to) {
        FloatNdArray mask = NdArrays.ofFloats(Shape.of(to - from, to));
        mask.scalars().forEachIndexed((at, cell) -> cell.setFloat(at[1] > from + at[0] ? -1e10f : 0f));
        return tf.constant(mask);
    }

    /** Positions {@code from} to {@code to} of [b a, s, d]. */
    private Operand<TFloat32> rows(Operand<TFloat32> x, int from, int to) {
        if (from == 0 && to == config.positions()) {
            return x;
        }
        int[] size = {b * config.heads(), to - from, config.headWidth()};
        return tf.slice(x, tf.constant(new int[] {0, from, 0}), tf.constant(size));
    }
}
