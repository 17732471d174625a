package igpt.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.nn.SparseSoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One device's share of a {@link Network}: its copy of the variables, and the forward pass over its part of the batch.
 * On one device there is one.
 */
public final class Tower implements AutoCloseable {
    // Axes: b sequences of this tower, s positions, e width, v colours, K classes.

    private final Ops tf;
    private final int number;
    private final ModelConfig config;
    private final int batch;
    private final @Nullable Head head;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> values = new LinkedHashMap<>();
    private final Placeholder<TInt32> tokens;
    private final Placeholder<TFloat32> seen;
    private final Transformer transformer;
    private final Transformer.Activations activations;
    private final SparseSoftmaxCrossEntropyWithLogits<TFloat32> entropy;
    private final Operand<TFloat32> nats;
    private final @Nullable Classification classification;
    private final TInt32 input;
    private final TFloat32 inputSeen;
    private final TInt32 inputLabels;

    private record Variable(VarHandleOp handle, Shape shape) {}

    /** The head: [b], [b, K], [b]. */
    private record Classification(
            Placeholder<TInt32> labels,
            Operand<TFloat32> logits,
            SparseSoftmaxCrossEntropyWithLogits<TFloat32> entropy) {}

    /**
     * @param tf puts what it makes on the tower's device
     * @param number from 0
     * @param batch sequences at a time
     */
    Tower(Ops tf, int number, ModelConfig config, int batch, @Nullable Head head, Precision precision) {
        this.tf = tf;
        this.number = number;
        this.config = config;
        this.batch = batch;
        this.head = head;
        for (Weight weight : Weights.of(config, head)) {
            VarHandleOp variable = variable(weight.name(), weight.shape());
            values.put(weight.name(), tf.readVariableOp(variable, TFloat32.class));
        }
        Shape shape = Shape.of(batch, config.positions());
        tokens = tf.placeholder(TInt32.class, Placeholder.shape(shape));
        seen = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
        transformer = new Transformer(tf, config, values, batch, precision);
        activations = transformer.forward(tokens, seen);
        Operand<TInt32> targets = tf.reshape(tokens, tf.constant(new int[] {batch * config.positions()}));
        entropy = tf.nn.sparseSoftmaxCrossEntropyWithLogits(activations.logits(), targets); // [b s]
        nats = config.causal() ? meanOfAll() : meanOfHidden();
        classification = head == null
                ? null
                : classification(activations.norms().get(head.layer()).values());
        input = TInt32.tensorOf(shape);
        inputSeen = TFloat32.tensorOf(shape);
        inputLabels = TInt32.tensorOf(Shape.of(batch));
    }

    private Classification classification(Operand<TFloat32> norm) {
        Placeholder<TInt32> labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batch)));
        Operand<TFloat32> logits = tf.linalg.matMul(average(norm), value(Head.WEIGHT));
        return new Classification(labels, logits, tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, labels));
    }

    /** The loss of an auto-regressive model: the mean over all positions. [b] */
    private Operand<TFloat32> meanOfAll() {
        Operand<TFloat32> byImage = tf.reshape(entropy.loss(), tf.constant(new int[] {batch, config.positions()}));
        return tf.math.mul(tf.reduceSum(byImage, tf.constant(1)), tf.constant(1f / config.positions()));
    }

    /** BERT's: the mean over the hidden positions of each image. [b] */
    private Operand<TFloat32> meanOfHidden() {
        Operand<TFloat32> byImage = tf.reshape(entropy.loss(), tf.constant(new int[] {batch, config.positions()}));
        return tf.reduceSum(tf.math.mul(byImage, hiddenShare()), tf.constant(1));
    }

    /** What each position counts in BERT's loss of its image: [b, s]. Nothing, if none of it is hidden. */
    private Operand<TFloat32> hiddenShare() {
        Operand<TFloat32> hidden = tf.math.sub(tf.constant(1f), seen);
        Operand<TFloat32> count = tf.reduceSum(hidden, tf.constant(1), ReduceSum.keepDims(true)); // [b, 1]
        return tf.math.div(hidden, tf.math.maximum(count, tf.constant(1f)));
    }

    /** Average pool over positions: [b, e]. */
    public Operand<TFloat32> average(Operand<TFloat32> layer) {
        Operand<TFloat32> byPosition =
                tf.reshape(layer, tf.constant(new int[] {batch, config.positions(), config.width()}));
        Operand<TFloat32> sum = tf.reduceSum(byPosition, tf.constant(1));
        return tf.math.mul(sum, tf.constant(1f / config.positions()));
    }

    /** Features of every layer: [L + 1, b, e]. */
    Operand<TFloat32> features(Network.Tap tap) {
        List<Operand<TFloat32>> layers = new ArrayList<>();
        for (Transformer.Norm norm : activations.norms()) {
            layers.add(average(tap == Network.Tap.NORM ? norm.values() : norm.x()));
        }
        return tf.stack(layers);
    }

    /** A variable of this tower; beside the weights, an optimizer keeps its own here. */
    public VarHandleOp variable(String name, long[] shape) {
        VarHandleOp handle = tf.varHandleOp(TFloat32.class, Shape.of(shape), VarHandleOp.sharedName(shared(name)));
        variables.put(name, new Variable(handle, Shape.of(shape)));
        return handle;
    }

    /** What a variable is called in the session: the first tower's as in checkpoints. */
    public String shared(String variable) {
        return number == 0 ? variable : variable + "/tower_" + number;
    }

    public VarHandleOp variable(String name) {
        return Objects.requireNonNull(variables.get(name), name).handle();
    }

    Shape shape(String variable) {
        return Objects.requireNonNull(variables.get(variable), variable).shape();
    }

    /** Those of the weights, and what an optimizer has added. */
    List<String> variables() {
        return List.copyOf(variables.keySet());
    }

    /** A weight as the forward pass reads it. */
    public Operand<TFloat32> value(String weight) {
        return Objects.requireNonNull(values.get(weight), weight);
    }

    /** Makes operations on this tower's device. */
    public Ops tf() {
        return tf;
    }

    public ModelConfig config() {
        return config;
    }

    /** Sequences at a time. */
    public int batch() {
        return batch;
    }

    public @Nullable Head head() {
        return head;
    }

    public Placeholder<TInt32> tokens() {
        return tokens;
    }

    /** What BERT sees, [b, s]: 1, or 0 where it is hidden. */
    public Placeholder<TFloat32> seen() {
        return seen;
    }

    public Transformer transformer() {
        return transformer;
    }

    public Transformer.Activations activations() {
        return activations;
    }

    /** −log p of each image, in nats a pixel: [b]. */
    public Operand<TFloat32> nats() {
        return nats;
    }

    /** The gradient by the logits of the loss summed over images, times {@code scale}: [b s, v]. */
    public Operand<TFloat32> logitGradient(float scale) {
        if (config.causal()) {
            return tf.math.mul(entropy.backprop(), tf.constant(scale / config.positions()));
        }
        Operand<TFloat32> share = tf.reshape(hiddenShare(), tf.constant(new int[] {batch * config.positions(), 1}));
        return tf.math.mul(entropy.backprop(), tf.math.mul(share, tf.constant(scale)));
    }

    /** The head's logits, [b, K]. */
    Operand<TFloat32> classLogits() {
        return classification().logits();
    }

    /** −log p of each image's label: [b]. */
    public Operand<TFloat32> classNats() {
        return classification().entropy().loss();
    }

    /** The gradient by the head's logits of that loss summed over images, times {@code scale}: [b, K]. */
    public Operand<TFloat32> classGradient(float scale) {
        return tf.math.mul(classification().entropy().backprop(), tf.constant(scale));
    }

    private Classification classification() {
        if (classification == null) {
            throw new IllegalStateException("the network has no head");
        }
        return classification;
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
    void feed(Session.Runner runner, int[] labels) {
        inputLabels.copyFrom(DataBuffers.of(labels, true, false).slice((long) number * batch, batch));
        runner.feed(classification().labels(), inputLabels);
    }

    @Override
    public void close() {
        input.close();
        inputSeen.close();
        inputLabels.close();
    }
}
