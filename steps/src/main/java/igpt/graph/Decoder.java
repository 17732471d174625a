package igpt.graph;

import igpt.model.Decoding;
import igpt.model.ModelConfig;
import igpt.model.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The logits of one position after another, under the weights of a network. Keys and values are kept in variables, which
 * are changed in place: what a position adds is all that is written.
 *
 * <p>Sequences are computed in groups of {@link #ROWS}, whatever the batch: how sums are rounded depends on the shapes of
 * products, and so a sequence's logits depend on its own tokens alone.
 */
public final class Decoder {
    // Axes: b sequences of a group, a heads, d head width, t positions of a chunk, v colours.

    /** Sequences of a group: b. */
    public static final int ROWS = 16;

    private static final int CHUNK = 128; // positions

    private final Network network;
    private final ModelConfig config;
    private final int groups;
    private final int chunk;
    private final Placeholder<TFloat32> position;
    private final List<Placeholder<TInt32>> before = new ArrayList<>(); // by group, [b]
    private final List<Operand<TFloat32>> logits = new ArrayList<>(); // by number of chunks, [groups · b, v]
    private final List<Op> begin = new ArrayList<>();
    private boolean begun;

    /**
     * Adds to the network's graph, before its first run. The weights must be set before the first position is asked for.
     *
     * @param sequences at a time; rounded up to whole groups
     */
    public Decoder(Network network, int sequences) {
        this.network = network;
        config = network.config();
        if (!config.causal()) {
            throw new IllegalArgumentException("BERT has no order to draw in");
        }
        groups = sequences(sequences) / ROWS;
        chunk = Math.min(CHUNK, config.positions());
        position = network.tf().placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        var byGroup = new ArrayList<List<Operand<TFloat32>>>();
        var weights = network.replicas().stream().map(this::weights).toList();
        for (int group = 0; group < groups; group++) {
            before.add(network.tf().placeholder(TInt32.class, Placeholder.shape(Shape.of(ROWS))));
            int replica = group % weights.size();
            byGroup.add(group(group, network.replicas().get(replica).tf(), weights.get(replica)));
        }
        for (int chunks = 0; chunks < chunks(); chunks++) {
            int count = chunks;
            var parts = byGroup.stream().map(all -> all.get(count)).toList();
            logits.add(
                    parts.size() == 1
                            ? parts.get(0)
                            : network.tf().concat(parts, network.tf().constant(0)));
        }
    }

    private int chunks() {
        return (config.positions() + chunk - 1) / chunk;
    }

    /** A group's logits, by the number of chunks that there are. */
    private List<Operand<TFloat32>> group(int group, Ops tf, Tensors weights) {
        var decoding = new Decoding(tf, network.functions(), config, weights, ROWS, chunk);
        Operand<TFloat32> tokens = tf.dtypes.cast(before.get(group), TFloat32.class);
        Kept[][] kept = new Kept[config.layers()][chunks()];
        for (int layer = 0; layer < config.layers(); layer++) {
            for (int number = 0; number < chunks(); number++) {
                kept[layer][number] = new Kept(
                        variable(tf, "%d/%d/%d/keys".formatted(group, layer, number)),
                        variable(tf, "%d/%d/%d/values".formatted(group, layer, number)));
            }
        }
        var all = new ArrayList<Operand<TFloat32>>();
        for (int chunks = 1; chunks <= chunks(); chunks++) {
            int count = chunks;
            all.add(decoding.logits(
                    tokens, position, (layer, keys, values) -> added(tf, kept[layer], count, keys, values)));
        }
        return all;
    }

    /** The variables of a chunk, [b a, t, d] each. */
    private record Kept(VarHandleOp keys, VarHandleOp values) {}

    private VarHandleOp variable(Ops tf, String name) {
        var shape = Shape.of(ROWS * config.heads(), chunk, config.headWidth());
        return variable(tf, name, shape, tf.fill(tf.constant(shape.asArray()), tf.constant(0f)));
    }

    /** A variable that is set before the first position. */
    private VarHandleOp variable(Ops tf, String name, Shape shape, Operand<TFloat32> value) {
        var variable = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName("decoder/" + name));
        begin.add(tf.assignVariableOp(variable, value));
        return variable;
    }

    /** The replica's weights, and what of them is computed once. */
    private Tensors weights(Replica replica) {
        var all = replica.weights();
        for (var arranged :
                Decoding.arranged(replica.tf(), config, all).byName().entrySet()) {
            var variable = variable(
                    replica.tf(),
                    replica.shared(arranged.getKey()),
                    Shape.of(config.width(), 3L * config.width()),
                    arranged.getValue());
            all = all.with(arranged.getKey(), replica.tf().readVariableOp(variable, TFloat32.class));
        }
        return all;
    }

    /** Writes the position's keys and values to the last of so many chunks, and reads them all. */
    private List<Decoding.Chunk> added(
            Ops tf, Kept[] kept, int chunks, Operand<TFloat32> keys, Operand<TFloat32> values) {
        var all = new ArrayList<Decoding.Chunk>();
        for (int number = 0; number < chunks; number++) {
            Operand<TFloat32> last = tf.math.sub(position, tf.constant((float) (number * chunk)));
            Operand<TFloat32> k = tf.readVariableOp(kept[number].keys(), TFloat32.class);
            Operand<TFloat32> v = tf.readVariableOp(kept[number].values(), TFloat32.class);
            if (number == chunks - 1) {
                Operand<TInt32> at = tf.dtypes.cast(last, TInt32.class);
                k = written(tf, k, at, keys);
                v = written(tf, v, at, values);
            }
            all.add(new Decoding.Chunk(k, v, last));
        }
        return all;
    }

    /**
     * The same array, [b a, t, d], after a row of each head was written into its memory, which is the variable's. Updates
     * of a part of a variable are not used: after the first, every reading copies the whole.
     */
    private Operand<TFloat32> written(Ops tf, Operand<TFloat32> kept, Operand<TInt32> at, Operand<TFloat32> added) {
        int heads = ROWS * config.heads();
        Operand<TInt32> rows =
                tf.math.add(tf.range(tf.constant(0), tf.constant(heads * chunk), tf.constant(chunk)), at); // [b a]
        Operand<TInt32> flat = tf.constant(new int[] {-1, config.headWidth()});
        Operand<TFloat32> updated = tf.inplaceUpdate(tf.reshape(kept, flat), rows, tf.reshape(added, flat));
        return tf.reshape(updated, tf.constant(new int[] {heads, chunk, config.headWidth()}));
    }

    /** So many sequences, rounded up to whole groups. */
    public static int sequences(int wanted) {
        return (wanted + ROWS - 1) / ROWS * ROWS;
    }

    /** Sequences at a time. */
    public int sequences() {
        return groups * ROWS;
    }

    /**
     * The logits of the tokens at a position, row by row, [sequences, v]. Positions are asked for in order, from 0; asking
     * for the first again begins other sequences.
     *
     * @param before the tokens at the position before; not read at the first
     */
    public float[] logits(int at, int[] tokens) {
        if (!begun) {
            network.run(begin);
            begun = true;
        }
        var runner = network.runner();
        var fed = new ArrayList<TInt32>();
        try (var scalar = TFloat32.scalarOf(at)) {
            runner.feed(position, scalar);
            for (int group = 0; group < groups; group++) {
                var rows = TInt32.tensorOf(
                        Shape.of(ROWS), DataBuffers.of(tokens, true, false).slice((long) group * ROWS, ROWS));
                fed.add(rows);
                runner.feed(before.get(group), rows);
            }
            try (var out = runner.fetch(logits.get(at / chunk)).run()) {
                return Network.floats(out.get(0));
            }
        } finally {
            fed.forEach(TInt32::close);
        }
    }
}
