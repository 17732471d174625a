package igpt.graph;

import igpt.device.Device;
import igpt.device.Devices;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Precision;
import igpt.model.Sequences;
import igpt.model.Tap;
import igpt.model.Weight;
import igpt.model.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.DeviceSpec;
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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A model, ready to run: its variables, the forward pass over one batch, and what is fetched from it. Each device has a
 * {@link Replica} of the variables, and computes its part of the batch in {@link Tower}s. Whoever needs more (gradients,
 * updates) adds to the graph before the first run.
 */
public final class Network implements AutoCloseable {
    /** What can be fetched of every layer: an average over positions. */
    public static final List<Tap> TAPS = List.of(Tap.MEAN_NORM, Tap.MEAN_RESIDUAL);

    private final ModelConfig config;
    private final int batch;
    private final Device device;
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Session session;
    private final CompiledFunctions functions = new CompiledFunctions();
    private final @Nullable Head head;
    private final List<Replica> replicas = new ArrayList<>();
    private final Map<Tap, Fetched> taps = new EnumMap<>(Tap.class);
    private final Fetched nats;
    private final Fetched logits;
    private final @Nullable Fetched classLogits;
    private @Nullable Files files;

    /**
     * What the towers' parts of something are.
     *
     * @param parts in the order of the batch
     * @param whole these, joined along the axis of the sequences
     */
    private record Fetched(List<Operand<TFloat32>> parts, Operand<TFloat32> whole, int axis) {}

    private record Files(
            Placeholder<TString> prefix,
            Op save,
            List<Op> restore,
            Placeholder<TString> weightsPrefix,
            List<Op> restoreWeights,
            List<Op> restoreModel) {}

    /**
     * Builds the graph in float32 on the CPU; the weights are undefined until {@link #initialize} or {@link #restore}.
     *
     * @param batch sequences at a time
     * @param threads of the CPU
     */
    public Network(ModelConfig config, int batch, int threads) {
        this(config, batch, threads, null);
    }

    /** The same with a classifier on one of its layers. */
    public Network(ModelConfig config, int batch, int threads, @Nullable Head head) {
        this(config, batch, Device.cpu(threads), head, Precision.FLOAT32);
    }

    /**
     * The same on any device, in any precision.
     *
     * @param batch a multiple of the device's replicas
     */
    public Network(ModelConfig config, int batch, Device device, @Nullable Head head, Precision precision) {
        this(config, batch, device, device.towers(batch / device.replicas(), config.positions()), head, precision);
    }

    /**
     * To be run, not trained: each sequence is computed by itself, in a tower of its own. So what comes of it depends
     * neither on its place in the batch nor on the others, to the last bit.
     */
    public static Network ofSingles(ModelConfig config, int batch, Device device, @Nullable Head head) {
        return new Network(config, batch, device, batch / device.replicas(), head, Precision.FLOAT32);
    }

    /** @param parts of a replica's sequences, a tower each */
    private Network(ModelConfig config, int batch, Device device, int parts, @Nullable Head head, Precision precision) {
        if (batch % device.replicas() != 0) {
            throw new IllegalArgumentException(batch + " sequences do not divide among " + device.name());
        }
        this.config = config;
        this.batch = batch;
        this.device = device;
        this.head = head;
        int share = batch / device.replicas();
        session = Devices.open(graph, device);
        for (int i = 0; i < device.replicas(); i++) {
            var replica = new Replica(on(i), i, weights());
            replicas.add(replica);
            for (int part = 0; part < parts; part++) {
                replica.add(new Tower(replica, functions, i * parts + part, config, share / parts, head, precision));
            }
        }
        nats = joined(0, Tower::nats);
        logits = joined(0, Tower::logits);
        classLogits = head == null ? null : joined(0, tower -> tower.classLogits(head));
        for (var tap : TAPS) {
            taps.put(tap, joined(1, tower -> tower.tapped(tap)));
        }
    }

    /** Makes operations on a replica's device; where there is one, TensorFlow places them. */
    private Ops on(int replica) {
        return device.replicas() == 1
                ? tf
                : tf.withDevice(DeviceSpec.newBuilder()
                        .deviceType(device.isGpu() ? DeviceSpec.DeviceType.GPU : DeviceSpec.DeviceType.CPU)
                        .deviceIndex(replica)
                        .build());
    }

    /** Of all replicas, in the order of the batch. */
    private List<Tower> towers() {
        return replicas.stream().flatMap(replica -> replica.towers().stream()).toList();
    }

    /** @param axis of the sequences */
    private Fetched joined(int axis, Function<Tower, Operand<TFloat32>> what) {
        var parts = towers().stream().map(what).toList();
        return new Fetched(parts, parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(axis)), axis);
    }

    public ModelConfig config() {
        return config;
    }

    /** Sequences at a time, of all replicas. */
    public int batch() {
        return batch;
    }

    public Device device() {
        return device;
    }

    /** One for each device. */
    public List<Replica> replicas() {
        return List.copyOf(replicas);
    }

    public Ops tf() {
        return tf;
    }

    CompiledFunctions functions() {
        return functions;
    }

    public @Nullable Head head() {
        return head;
    }

    /** All weights: the model's, and the head's if there is one. */
    public List<Weight> weights() {
        return Weights.of(config, head);
    }

    /** Sets the weights to the paper's start and everything else to zero. */
    public void initialize(long seed) {
        var start = new ConcurrentHashMap<String, TFloat32>();
        weights().parallelStream().forEach(weight -> {
            var values = TFloat32.tensorOf(Shape.of(weight.shape()));
            Weights.initialize(weight, seed, values.asRawTensor().data().asFloats());
            start.put(weight.name(), values);
        });
        assign(start);
    }

    /** Sets variables to values by name, flat; those without one to zero. */
    public void set(Map<String, float[]> values) {
        var tensors = new LinkedHashMap<String, TFloat32>();
        values.forEach((name, flat) -> tensors.put(name, tensor(name, flat)));
        assign(tensors);
    }

    private TFloat32 tensor(String variable, float[] flat) {
        return TFloat32.tensorOf(replicas.get(0).shape(variable), DataBuffers.of(flat));
    }

    private void assign(Map<String, TFloat32> values) {
        var runner = session.runner(); // one run: a session slows down with every extension of its graph
        for (var name : replicas.get(0).variables()) {
            @Nullable TFloat32 value = values.get(name);
            Operand<TFloat32> source;
            if (value == null) {
                source = tf.fill(tf.constant(replicas.get(0).shape(name).asArray()), tf.constant(0f));
            } else {
                source = tf.placeholder(TFloat32.class);
                runner.feed(source, value);
            }
            assign(name, source).forEach(runner::addTarget);
        }
        runner.run().close();
        values.values().forEach(TFloat32::close);
    }

    /** Sets a variable of every replica. */
    private List<Op> assign(String variable, Operand<TFloat32> value) {
        var assigns = new ArrayList<Op>();
        replicas.forEach(replica -> assigns.add(replica.tf().assignVariableOp(replica.variable(variable), value)));
        return assigns;
    }

    /** The first replica's: the others' are the same. */
    private Operand<TFloat32> read(String variable) {
        var replica = replicas.get(0);
        return replica.tf().readVariableOp(replica.variable(variable), TFloat32.class);
    }

    /** A variable's value now, flat. */
    public float[] get(String name) {
        try (var out = session.runner().fetch(read(name)).run()) {
            return floats(out.get(0));
        }
    }

    /** The loss of each image in nats a pixel, [b]; BERT's of the hidden pixels. */
    public float[] evaluate(Sequences sequences) {
        return fetch(sequences, nats, batch);
    }

    /** The logits of every position's token, [b s, v]. */
    public float[] logits(Sequences sequences) {
        return fetch(sequences, logits, batch);
    }

    /**
     * Features of each image at every layer, [L + 1, b, e].
     *
     * @param tap one of {@link #TAPS}
     */
    public float[] features(Sequences sequences, Tap tap) {
        return features(sequences, tap, batch);
    }

    /** The same of the first {@code count} sequences alone; what stands in the others' places is undefined. */
    public float[] features(Sequences sequences, Tap tap, int count) {
        return fetch(sequences, Objects.requireNonNull(taps.get(tap), tap.name()), count);
    }

    /** The head's logits of each image, [b, K]. */
    public float[] classify(Sequences sequences) {
        return classify(sequences, batch);
    }

    /** The same of the first {@code count} sequences alone; what stands in the others' places is undefined. */
    public float[] classify(Sequences sequences, int count) {
        return fetch(sequences, Objects.requireNonNull(classLogits, "the network has no head"), count);
    }

    /** Runs those towers only that the first {@code count} sequences are in. */
    private float[] fetch(Sequences sequences, Fetched what, int count) {
        int share = batch / what.parts().size();
        int needed = (count + share - 1) / share;
        if (needed == what.parts().size()) {
            try (var out = runner(sequences).fetch(what.whole()).run()) {
                return floats(out.get(0));
            }
        }
        var runner = session.runner();
        for (int part = 0; part < needed; part++) {
            towers().get(part).feed(runner, sequences);
            runner.fetch(what.parts().get(part));
        }
        try (var out = runner.run()) {
            return spread(out, needed, what);
        }
    }

    /** The first parts in their places of the whole, row-major. */
    private static float[] spread(Result out, int needed, Fetched what) {
        float[] whole = {};
        int parts = what.parts().size();
        for (int part = 0; part < needed; part++) {
            float[] values = floats(out.get(part));
            int blocks = what.axis() == 0 ? 1 : (int) out.get(part).shape().get(0);
            int length = values.length / blocks;
            whole = part == 0 ? new float[values.length * parts] : whole;
            for (int block = 0; block < blocks; block++) {
                System.arraycopy(values, block * length, whole, (block * parts + part) * length, length);
            }
        }
        return whole;
    }

    /** A run with nothing fed. */
    public Session.Runner runner() {
        return session.runner();
    }

    /** A run with b sequences fed. One thread at a time: the input buffers are reused. */
    public Session.Runner runner(Sequences sequences) {
        var runner = session.runner();
        towers().forEach(tower -> tower.feed(runner, sequences));
        return runner;
    }

    /** The same with the labels fed, [b]. */
    public Session.Runner runner(Sequences sequences, int[] labels) {
        var runner = runner(sequences);
        towers().forEach(tower -> tower.feed(runner, labels));
        return runner;
    }

    /** Runs operations that need no input. */
    public void run(List<Op> targets) {
        if (!targets.isEmpty()) {
            var runner = session.runner();
            targets.forEach(runner::addTarget);
            runner.run().close();
        }
    }

    /** The prefix of checkpoint files {@code prefix.index} and {@code prefix.data-00000-of-00001}. */
    public void save(Path prefix) {
        try (var name = TString.scalarOf(prefix.toString())) {
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
        try (var name = TString.scalarOf(prefix.toString())) {
            var runner = session.runner().feed(placeholder, name);
            targets.forEach(runner::addTarget);
            runner.run().close();
        }
    }

    private Files files() {
        if (files == null) {
            var prefix = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
            var weightsPrefix = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
            var all = replicas.get(0).variables();
            List<Operand<?>> tensors = new ArrayList<>();
            all.forEach(name -> tensors.add(read(name)));
            Op save = tf.train.save(prefix, strings(all), slices(all.size()), tensors);
            files = new Files(
                    prefix,
                    save,
                    restore(prefix, all),
                    weightsPrefix,
                    restore(weightsPrefix, names(weights())),
                    restore(weightsPrefix, names(Weights.of(config))));
        }
        return files;
    }

    private static List<String> names(List<Weight> weights) {
        return weights.stream().map(Weight::name).toList();
    }

    @SuppressWarnings("unchecked") // a variable is float32
    private List<Op> restore(Operand<TString> prefix, List<String> names) {
        List<Class<? extends org.tensorflow.types.family.TType>> types = new ArrayList<>();
        names.forEach(name -> types.add(TFloat32.class));
        var read = tf.train
                .restore(prefix, strings(names), slices(names.size()), types)
                .tensors();
        var assigns = new ArrayList<Op>();
        for (int i = 0; i < names.size(); i++) {
            assigns.addAll(assign(names.get(i), (Operand<TFloat32>) read.get(i)));
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

    static float[] floats(Tensor tensor) {
        var values = (TFloat32) tensor;
        float[] copy = new float[Math.toIntExact(values.size())];
        values.copyTo(DataBuffers.of(copy));
        return copy;
    }

    @Override
    public void close() {
        towers().forEach(Tower::close);
        session.close();
        graph.close();
        functions.close();
    }
}
