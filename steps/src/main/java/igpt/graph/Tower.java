package igpt.graph;

import igpt.model.Functions;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Precision;
import igpt.model.Sequences;
import igpt.model.Tap;
import igpt.model.Taps;
import igpt.model.Tensors;
import igpt.model.Transformer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A part of a {@link Network}'s batch and the forward pass over it. */
public final class Tower implements AutoCloseable {
    // Axes: b sequences of this tower, s positions, e width, K classes.

    private final Ops tf;
    private final int number;
    private final ModelConfig config;
    private final int batch;
    private final @Nullable Head head;
    private final Placeholder<TInt32> tokens;
    private final Placeholder<TFloat32> seen;
    private final Placeholder<TInt32> labels;
    private final Transformer transformer;
    private final Taps taps;
    private final TInt32 input;
    private final TFloat32 inputSeen;
    private final TInt32 inputLabels;

    /**
     * @param replica whose variables it reads
     * @param functions the network's
     * @param number from 0, of all replicas
     * @param batch its sequences
     */
    Tower(
            Replica replica,
            Functions functions,
            int number,
            ModelConfig config,
            int batch,
            @Nullable Head head,
            Precision precision) {
        this.tf = replica.tf();
        this.number = number;
        this.config = config;
        this.batch = batch;
        this.head = head;
        var shape = Shape.of(batch, config.positions());
        tokens = tf.placeholder(TInt32.class, Placeholder.shape(shape));
        seen = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
        labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batch)));
        var fed = Tensors.of(Transformer.TOKENS, tf.dtypes.cast(tokens, TFloat32.class));
        transformer = new Transformer(
                tf,
                functions,
                config,
                precision,
                replica.weights(),
                config.causal() ? fed : fed.with(Transformer.SEEN, seen));
        taps = transformer.forward();
        input = TInt32.tensorOf(shape);
        inputSeen = TFloat32.tensorOf(shape);
        inputLabels = TInt32.tensorOf(Shape.of(batch));
    }

    /** −log p of each image, in nats a pixel: [b]. */
    Operand<TFloat32> nats() {
        return transformer.nats(taps.get(Tap.RESIDUAL, config.layers()));
    }

    /** The logits of every position's token, [b s, v]. */
    Operand<TFloat32> logits() {
        return transformer.logits(taps.get(Tap.RESIDUAL, config.layers()));
    }

    /** What the forward pass left at every layer: [L + 1, b, e] of an average over positions. */
    Operand<TFloat32> tapped(Tap tap) {
        return tf.stack(taps.all(tap));
    }

    /** The head's logits, [b, K]. */
    Operand<TFloat32> classLogits(Head head) {
        return transformer.classLogits(head, taps.get(Tap.RESIDUAL, head.layer()));
    }

    /** Makes operations on the replica's device. */
    public Ops tf() {
        return tf;
    }

    public ModelConfig config() {
        return config;
    }

    public @Nullable Head head() {
        return head;
    }

    /** Its calls on this tower's part of the batch. */
    public Transformer transformer() {
        return transformer;
    }

    /** As fed, [b]. */
    public Operand<TFloat32> labels() {
        return tf.dtypes.cast(labels, TFloat32.class);
    }

    /** Feeds the tower's part of a network's batch. */
    void feed(Session.Runner runner, Sequences whole) {
        int size = batch * config.positions();
        input.copyFrom(DataBuffers.of(whole.tokens(), true, false).slice((long) number * size, size));
        runner.feed(tokens, input);
        if (!config.causal()) {
            inputSeen.copyFrom(DataBuffers.of(whole.seen(), true, false).slice((long) number * size, size));
            runner.feed(seen, inputSeen);
        }
    }

    /** Feeds its part of the labels. */
    void feed(Session.Runner runner, int[] whole) {
        inputLabels.copyFrom(DataBuffers.of(whole, true, false).slice((long) number * batch, batch));
        runner.feed(labels, inputLabels);
    }

    @Override
    public void close() {
        input.close();
        inputSeen.close();
        inputLabels.close();
    }
}
