package igpt.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@link Transformer} at one position after another, for an auto-regressive model that draws: of the positions before, it
 * needs keys and values alone. They are kept in chunks, and attention adds up chunk by chunk, so that one compiled
 * function serves every position, and those keys alone are read that there are.
 */
public final class Decoding {
    // Axes: b batch, e width, a heads, d head width, t positions of a chunk, v colours.

    private static final String H = "h"; // the residual at the position, [b, e]
    private static final String WEIGHTS = "weights";
    private static final String BEFORE = "before";
    private static final String POSITION = "position";
    private static final String QUERIES = "queries";
    private static final String KEYS = "keys";
    private static final String VALUES = "values";
    private static final String LAST = "last";
    private static final String PARTIAL = "partial";

    private final Ops tf;
    private final Functions functions;
    private final ModelConfig config; // of one position
    private final Tensors weights;
    private final int batch;
    private final int chunk;

    /** Where the keys and values are kept. */
    public interface Cache {
        /** Adds the position's keys and values of a layer, each [b a, 1, d], and returns all there are now. */
        List<Chunk> add(int layer, Operand<TFloat32> keys, Operand<TFloat32> values);
    }

    /**
     * Keys and values of some positions in a row, each [b a, t, d].
     *
     * @param last the number of its last position that is filled, from 0, a scalar; those after it are not read
     */
    public record Chunk(Operand<TFloat32> keys, Operand<TFloat32> values, Operand<TFloat32> last) {}

    /**
     * @param weights each of {@link Weights#of}, by name, and those {@link #arranged}
     * @param batch b
     * @param chunk t
     */
    public Decoding(Ops tf, Functions functions, ModelConfig config, Tensors weights, int batch, int chunk) {
        this.tf = tf;
        this.functions = functions;
        this.config = new ModelConfig(
                config.layers(), config.width(), config.heads(), 1, config.colours(), config.objective());
        this.weights = weights;
        this.batch = batch;
        this.chunk = chunk;
    }

    /** What is to be computed of the weights once, not at every position, by name. */
    public static Tensors arranged(Ops tf, ModelConfig config, Tensors weights) {
        var all = Tensors.none();
        for (int layer = 0; layer < config.layers(); layer++) {
            var folder = Weights.block(layer);
            all = all.with(folder, Block.arranged(tf, config, weights.folder(folder)));
        }
        return all;
    }

    /**
     * The logits of the token at a position, [b, v].
     *
     * @param before the tokens at the position before, [b]; not read at the first
     * @param position a scalar, from 0
     */
    public Operand<TFloat32> logits(Operand<TFloat32> before, Operand<TFloat32> position, Cache cache) {
        var h = embedding(before, position);
        for (int layer = 0; layer < config.layers(); layer++) {
            h = block(layer, h, cache);
        }
        return new Transformer(tf, functions, config, Precision.FLOAT32, weights, Tensors.none()).logits(h);
    }

    private Operand<TFloat32> embedding(Operand<TFloat32> before, Operand<TFloat32> position) {
        var inputs = Tensors.of(BEFORE, before)
                .with(POSITION, position)
                .with(WEIGHTS, weights.only(Embedding.weights(config)));
        return call(
                        "embedding_at",
                        inputs,
                        (tf, in) ->
                                Tensors.of(H, Embedding.at(tf, in.folder(WEIGHTS), in.get(BEFORE), in.get(POSITION))))
                .get(H);
    }

    private Operand<TFloat32> block(int layer, Operand<TFloat32> h, Cache cache) {
        var own = Tensors.of(H, h).with(WEIGHTS, weights.folder(Weights.block(layer)));
        var heads = call("heads_at", own, (tf, in) -> {
            var thirds = tf.split(tf.constant(0), blockOf(tf, in).heads(in.get(H)), 3L)
                    .output();
            return Tensors.of(QUERIES, thirds.get(0)).with(KEYS, thirds.get(1)).with(VALUES, thirds.get(2));
        });
        var partial = Attention.Partial.none(tf, batch * config.heads(), 1, config.headWidth())
                .tensors();
        for (var one : cache.add(layer, heads.get(KEYS), heads.get(VALUES))) {
            var inputs = Tensors.of(QUERIES, heads.get(QUERIES))
                    .with(KEYS, one.keys())
                    .with(VALUES, one.values())
                    .with(LAST, one.last())
                    .with(PARTIAL, partial);
            partial = call(
                    "attention_over", inputs, (tf, in) -> new Attention(tf, new MatMuls(tf, Precision.FLOAT32), config)
                            .over(
                                    Attention.Partial.of(in.folder(PARTIAL)),
                                    in.get(QUERIES),
                                    in.get(KEYS),
                                    in.get(VALUES),
                                    chunk,
                                    in.get(LAST))
                            .tensors());
        }
        return call(
                        "block_at",
                        own.with(PARTIAL, partial),
                        (tf, in) -> Tensors.of(
                                H, blockOf(tf, in).forward(in.get(H), Attention.Partial.of(in.folder(PARTIAL)))))
                .get(H);
    }

    private Block blockOf(Ops tf, Tensors in) {
        return new Block(tf, config, Precision.FLOAT32, in.folder(WEIGHTS));
    }

    private Tensors call(String name, Tensors inputs, Functions.Body body) {
        return functions.call(tf, name, inputs, body);
    }
}
