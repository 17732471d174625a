package igpt.model;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.nn.SparseSoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * A model on the device: its variables, the forward pass over one batch, and what is fetched from it. Whoever needs
 * more (gradients, updates) adds to the graph before the first run.
 */
public final class Network implements AutoCloseable {
    /** Where the features of a layer are read (FACTS: the paper's n^l, or the raw residual h^l). */
    public enum Tap {
        NORM,
        RESIDUAL
    }

    private final ModelConfig config;
    private final int batch;
    private final Device device;
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Session session;
    private final Map<String, VarHandleOp> variables = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> values = new LinkedHashMap<>();
    private final Placeholder<TInt32> tokens;
    private final Placeholder<TFloat32> seen;
    private final Transformer transformer;
    private final Transformer.Activations activations;
    private final SparseSoftmaxCrossEntropyWithLogits<TFloat32> entropy;
    private final Operand<TFloat32> nats;
    private final @Nullable Head head;
    private final @Nullable Classification classification;
    private final TInt32 input;
    private final TFloat32 inputSeen;
    private final TInt32 inputLabels;
    private final Map<Tap, Operand<TFloat32>> taps = new LinkedHashMap<>();
    private @Nullable Files files;

    /** The head: [b], [b, K], [b]. */
    private record Classification(
            Placeholder<TInt32> labels,
            Operand<TFloat32> logits,
            SparseSoftmaxCrossEntropyWithLogits<TFloat32> entropy) {}

    private record Files(
            Placeholder<TString> prefix,
            Op save,
            List<Op> restore,
            Placeholder<TString> weightsPrefix,
            List<Op> restoreWeights,
            List<Op> restoreModel) {}

    /**
     * Builds the graph; the weights are undefined until {@link #initialize} or {@link #restore}.
     *
     * @param batch sequences at a time
     * @param threads of the CPU
     */
    public Network(ModelConfig config, int batch, int threads) {
        this(config, batch, threads, null);
    }

    /** The same with a classifier on one of its layers. */
    public Network(ModelConfig config, int batch, int threads, @Nullable Head head) {
        this(config, batch, Device.cpu(threads), head);
    }

    /** The same on any device. */
    public Network(ModelConfig config, int batch, Device device, @Nullable Head head) {
        this(config, batch, device, head, Precision.FLOAT32);
    }

    /** The same in any precision. */
    public Network(ModelConfig config, int batch, Device device, @Nullable Head head, Precision precision) {
        this.config = config;
        this.batch = batch;
        this.device = device;
        this.head = head;
        this.session = Devices.open(graph, device);
        for (Weight weight : weights()) {
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
        classification =
                head == null ? null : classification(activations.norms().get(head.layer()));
        for (Tap tap : Tap.values()) {
            taps.put(tap, averages(tap == Tap.NORM ? activations.norms() : activations.residuals()));
        }
        input = TInt32.tensorOf(shape);
        inputSeen = TFloat32.tensorOf(shape);
        inputLabels = TInt32.tensorOf(Shape.of(batch));
    }

    private Classification classification(Operand<TFloat32> norm) {
        Placeholder<TInt32> labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batch)));
        Operand<TFloat32> logits = classLogits(norm);
        return new Classification(labels, logits, tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, labels));
    }

    /** All weights: the model's, and the head's if there is one. */
    public List<Weight> weights() {
        List<Weight> weights = new ArrayList<>(Weights.of(config));
        if (head != null) {
            weights.add(head.weight(config));
        }
        return weights;
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

    /** The head's logits from its layer's norm: [b, K]. */
    public Operand<TFloat32> classLogits(Operand<TFloat32> norm) {
        return tf.linalg.matMul(average(norm), value(Head.WEIGHT));
    }

    /** Average pool over positions: [b, e]. */
    private Operand<TFloat32> average(Operand<TFloat32> layer) {
        Operand<TFloat32> byPosition =
                tf.reshape(layer, tf.constant(new int[] {batch, config.positions(), config.width()}));
        Operand<TFloat32> sum = tf.reduceSum(byPosition, tf.constant(1));
        return tf.math.mul(sum, tf.constant(1f / config.positions()));
    }

    /** Of every layer: [L + 1, b, e]. */
    private Operand<TFloat32> averages(List<Operand<TFloat32>> layers) {
        return tf.stack(layers.stream().map(this::average).toList());
    }

    /** A variable of this network; beside the weights, an optimizer keeps its own here. */
    public VarHandleOp variable(String name, long[] shape) {
        VarHandleOp variable = tf.varHandleOp(TFloat32.class, Shape.of(shape), VarHandleOp.sharedName(name));
        variables.put(name, variable);
        shapes.put(name, Shape.of(shape));
        return variable;
    }

    public ModelConfig config() {
        return config;
    }

    public int batch() {
        return batch;
    }

    public Device device() {
        return device;
    }

    public Ops tf() {
        return tf;
    }

    public Transformer.Activations activations() {
        return activations;
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

    public @Nullable Head head() {
        return head;
    }

    /** The head's logits, [b, K]. */
    public Operand<TFloat32> classLogits() {
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

    /** A weight as the forward pass reads it: what gradients are taken of. */
    public Operand<TFloat32> value(String weight) {
        return Objects.requireNonNull(values.get(weight), weight);
    }

    public VarHandleOp variable(String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    /** −log p of each image, in nats a pixel: [b]. */
    public Operand<TFloat32> nats() {
        return nats;
    }

    /**
     * The gradient by the logits of the loss summed over images, times {@code scale}: [b s, v]. The C++ gradients have
     * none of their own for it.
     */
    public Operand<TFloat32> logitGradient(float scale) {
        if (config.causal()) {
            return tf.math.mul(entropy.backprop(), tf.constant(scale / config.positions()));
        }
        Operand<TFloat32> share = tf.reshape(hiddenShare(), tf.constant(new int[] {batch * config.positions(), 1}));
        return tf.math.mul(entropy.backprop(), tf.math.mul(share, tf.constant(scale)));
    }

    /** Sets the weights to the paper's start and everything else to zero. */
    public void initialize(long seed) {
        Map<String, float[]> start = new LinkedHashMap<>();
        for (Weight weight : weights()) {
            FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(weight.size()));
            Weights.initialize(weight, seed, values);
            start.put(weight.name(), values.array());
        }
        set(start);
    }

    /** Sets variables to values by name, flat; those without one to zero. */
    public void set(Map<String, float[]> values) {
        List<TFloat32> tensors = new ArrayList<>();
        Session.Runner runner = session.runner(); // one run: a session slows down with every extension of its graph
        for (Map.Entry<String, Shape> variable : shapes.entrySet()) {
            Shape shape = variable.getValue();
            float[] value = values.getOrDefault(variable.getKey(), new float[Math.toIntExact(shape.size())]);
            Placeholder<TFloat32> feed = tf.placeholder(TFloat32.class);
            tensors.add(TFloat32.tensorOf(shape, DataBuffers.of(value)));
            runner.feed(feed, tensors.get(tensors.size() - 1));
            runner.addTarget(tf.assignVariableOp(variable(variable.getKey()), feed));
        }
        runner.run().close();
        tensors.forEach(TFloat32::close);
    }

    /** A variable's value now, flat. */
    public float[] get(String name) {
        try (Result out = session.runner()
                .fetch(tf.readVariableOp(variable(name), TFloat32.class))
                .run()) {
            return floats(out.get(0));
        }
    }

    /** The loss of each image in nats a pixel, [b]; BERT's of the hidden pixels. */
    public float[] evaluate(Sequences sequences) {
        return fetch(sequences, nats);
    }

    /** Features of each image at every layer, [L + 1, b, e]. */
    public float[] features(Sequences sequences, Tap tap) {
        return fetch(sequences, Objects.requireNonNull(taps.get(tap)));
    }

    /** The head's logits of each image, [b, K]. */
    public float[] classify(Sequences sequences) {
        return fetch(sequences, classLogits());
    }

    private float[] fetch(Sequences sequences, Operand<TFloat32> what) {
        try (Result out = runner(sequences).fetch(what).run()) {
            return floats(out.get(0));
        }
    }

    /** A run with b sequences fed. One thread at a time: the input buffers are reused. */
    public Session.Runner runner(Sequences sequences) {
        input.copyFrom(DataBuffers.of(sequences.tokens()));
        Session.Runner runner = session.runner().feed(tokens, input);
        if (!config.causal()) {
            inputSeen.copyFrom(DataBuffers.of(sequences.seen()));
            runner.feed(seen, inputSeen);
        }
        return runner;
    }

    /** The same with the labels fed, [b]. */
    public Session.Runner runner(Sequences sequences, int[] labels) {
        inputLabels.copyFrom(DataBuffers.of(labels));
        return runner(sequences).feed(classification().labels(), inputLabels);
    }

    /** Runs operations that need no input. */
    public void run(List<Op> targets) {
        if (!targets.isEmpty()) {
            Session.Runner runner = session.runner();
            targets.forEach(runner::addTarget);
            runner.run().close();
        }
    }

    /** The prefix of checkpoint files {@code prefix.index} and {@code prefix.data-00000-of-00001}. */
    public void save(Path prefix) {
        try (TString name = TString.scalarOf(prefix.toString())) {
            session.runner()
                    .feed(files().prefix(), name)
                    .addTarget(files().save())
                    .run()
                    .close();
        }
    }

    /** Every variable from a checkpoint this class wrote. */
    public void restore(Path prefix) {
        run(prefix, files().prefix(), files().restore());
    }

    /** The weights alone: also from a checkpoint that holds nothing else, as the released ones. */
    public void restoreWeights(Path prefix) {
        run(prefix, files().weightsPrefix(), files().restoreWeights());
    }

    /** The model's weights without the head, from a pre-trained model. Everything else is left as it is. */
    public void restoreModel(Path prefix) {
        run(prefix, files().weightsPrefix(), files().restoreModel());
    }

    private void run(Path prefix, Placeholder<TString> placeholder, List<Op> targets) {
        try (TString name = TString.scalarOf(prefix.toString())) {
            Session.Runner runner = session.runner().feed(placeholder, name);
            targets.forEach(runner::addTarget);
            runner.run().close();
        }
    }

    private Files files() {
        if (files == null) {
            Placeholder<TString> prefix = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
            Placeholder<TString> weightsPrefix = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
            List<String> all = List.copyOf(variables.keySet());
            List<Operand<?>> tensors = new ArrayList<>();
            all.forEach(name -> tensors.add(tf.readVariableOp(variable(name), TFloat32.class)));
            Op save = tf.train.save(prefix, strings(all), slices(all.size()), tensors);
            files = new Files(
                    prefix,
                    save,
                    restore(prefix, all),
                    weightsPrefix,
                    restore(weightsPrefix, List.copyOf(values.keySet())),
                    restore(
                            weightsPrefix,
                            Weights.of(config).stream().map(Weight::name).toList()));
        }
        return files;
    }

    private List<Op> restore(Operand<TString> prefix, List<String> names) {
        List<Class<? extends org.tensorflow.types.family.TType>> types = new ArrayList<>();
        names.forEach(name -> types.add(TFloat32.class));
        List<org.tensorflow.Output<?>> read = tf.train
                .restore(prefix, strings(names), slices(names.size()), types)
                .tensors();
        List<Op> assigns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            assigns.add(tf.assignVariableOp(variable(names.get(i)), read.get(i)));
        }
        return assigns;
    }

    private Operand<TString> strings(List<String> names) {
        return tf.array(names.toArray(new String[0]));
    }

    private Operand<TString> slices(int count) {
        String[] whole = new String[count];
        Arrays.fill(whole, "");
        return tf.array(whole);
    }

    private static float[] floats(Tensor tensor) {
        TFloat32 values = (TFloat32) tensor;
        float[] copy = new float[Math.toIntExact(values.size())];
        values.copyTo(DataBuffers.of(copy));
        return copy;
    }

    @Override
    public void close() {
        input.close();
        inputSeen.close();
        inputLabels.close();
        session.close();
        graph.close();
    }
}
