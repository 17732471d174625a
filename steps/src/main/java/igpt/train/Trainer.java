package igpt.train;

import igpt.model.Network;
import igpt.model.Sequences;
import igpt.model.Tower;
import igpt.model.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * Adam: the paper's optimizer (section 3.4), β₁ 0.9, β₂ 0.95, no weight decay. Its moments are variables of the network,
 * so a checkpoint holds them; everything else an iteration needs follows from its number.
 *
 * <p>A batch larger than the network's goes through in micro-batches whose gradients are added up.
 */
public final class Trainer {
    static final float BETA1 = 0.9f;
    static final float BETA2 = 0.95f;
    static final float EPSILON = 1e-8f;

    private final Network network;
    private final int batch;
    private final Operand<TFloat32> nats;
    private final @Nullable Operand<TFloat32> classNats;
    private final AllReduce allReduce;
    private final Placeholder<TFloat32> learningRate;
    private final Placeholder<TFloat32> beta1Power;
    private final Placeholder<TFloat32> beta2Power;
    private final List<Op> zeros = new ArrayList<>(); // of the gradients' sums
    private final List<Op> first = new ArrayList<>(); // of several micro-batches: its gradients are set down
    private final List<Op> middle = new ArrayList<>(); // added to them
    private final List<Op> last = new ArrayList<>(); // added, and the weights updated

    /**
     * Whether the sums have a value. XLA compiles what it runs first; with a variable that has no value yet it would be
     * something else the second time, run without being compiled, and rounded otherwise after every restart.
     */
    private boolean begun;

    private long nanosBusy;

    /** Trains the model's own objective on the network's whole batches. */
    public Trainer(Network network) {
        this(network, network.batch(), Losses.GENERATIVE, false);
    }

    /**
     * Adds gradients and updates to the network's graph.
     *
     * @param batch sequences an iteration, a multiple of the network's
     * @param recompute whether the backward pass computes each block anew instead of keeping it
     */
    public Trainer(Network network, int batch, Losses losses, boolean recompute) {
        if (batch % network.batch() != 0) {
            throw new IllegalArgumentException(batch + " sequences are no multiple of " + network.batch());
        }
        this.network = network;
        this.batch = batch;
        Ops tf = network.tf();
        learningRate = scalar(tf);
        beta1Power = scalar(tf);
        beta2Power = scalar(tf);
        float scale = 1f / batch;
        nats = mean(scale, Tower::nats);
        classNats = losses.classification() ? mean(scale, Tower::classNats) : null;
        allReduce = AllReduce.on(network.device());
        List<Gradients> gradients = network.towers().stream()
                .map(tower -> new Gradients(tower, SumByToken.on(network.device()), losses, scale, recompute))
                .toList();
        for (Weight weight : network.weights()) {
            if (gradients.get(0).of(weight) != null) {
                update(weight, gradients.stream().map(tower -> tower.of(weight)).toList());
            }
        }
    }

    /** Of a loss of each image, over all towers. */
    private Operand<TFloat32> mean(float scale, Function<Tower, Operand<TFloat32>> loss) {
        Ops tf = network.tf();
        List<Operand<TFloat32>> sums = network.towers().stream()
                .map(tower -> tower.tf().reduceSum(loss.apply(tower), tf.constant(0)))
                .collect(Collectors.toList());
        return tf.math.mul(sums.size() == 1 ? sums.get(0) : tf.math.addN(sums), tf.constant(scale));
    }

    /** @param gradients each tower's */
    private void update(Weight weight, List<Operand<TFloat32>> gradients) {
        List<Tower> towers = network.towers();
        List<Operand<TFloat32>> sums = new ArrayList<>();
        for (int i = 0; i < towers.size(); i++) {
            Operand<TFloat32> gradient = gradients.get(i);
            sums.add(batch == network.batch() ? gradient : added(towers.get(i), weight, gradient));
        }
        List<Operand<TFloat32>> all = allReduce.sums(towers, sums, weight.name());
        for (int i = 0; i < towers.size(); i++) {
            last.add(adam(towers.get(i), weight, all.get(i)));
        }
    }

    /** A tower's gradient added to those of the micro-batches before. */
    private Operand<TFloat32> added(Tower tower, Weight weight, Operand<TFloat32> gradient) {
        Ops tf = tower.tf();
        VarHandleOp sum = tf.varHandleOp(
                TFloat32.class,
                Shape.of(weight.shape()),
                VarHandleOp.sharedName(tower.shared(weight.name() + "/gradient")));
        zeros.add(tf.assignVariableOp(sum, tf.fill(tf.constant(weight.shape()), tf.constant(0f))));
        first.add(tf.assignVariableOp(sum, gradient));
        middle.add(tf.assignAddVariableOp(sum, gradient));
        return tf.math.add(tf.readVariableOp(sum, TFloat32.class), gradient);
    }

    /**
     * Outside of what XLA compiles: TensorFlow's own kernel changes variables where they lie, XLA would give each of them
     * new memory before it frees the old.
     */
    private Op adam(Tower tower, Weight weight, Operand<TFloat32> gradient) {
        Ops tf = tower.tf();
        OperationBuilder adam =
                tf.scope().opBuilder("ResourceApplyAdam", "Adam").setAttr("_XlaCompile", false);
        Stream.of(
                        tower.variable(weight.name()),
                        tower.variable(weight.name() + "/Adam", weight.shape()), // the reference's names of the moments
                        tower.variable(weight.name() + "/Adam_1", weight.shape()),
                        beta1Power,
                        beta2Power,
                        learningRate,
                        tf.constant(BETA1),
                        tf.constant(BETA2),
                        tf.constant(EPSILON),
                        gradient)
                .forEach(input -> adam.addInput(input.asOutput()));
        Operation update = adam.build();
        return () -> update;
    }

    /**
     * One update.
     *
     * @param iteration from 0; the bias corrections of the moments follow from it
     * @return the losses before the update
     */
    public Loss iterate(long iteration, double rate, Batch data) {
        int parts = batch / network.batch();
        if (!begun) {
            network.run(zeros);
            begun = true;
        }
        Loss loss = new Loss(0, 0);
        for (int part = 0; part < parts - 1; part++) {
            Session.Runner runner = runner(data, part);
            (part == 0 ? first : middle).forEach(runner::addTarget);
            loss = loss.plus(run(runner));
        }
        try (TFloat32 lr = TFloat32.scalarOf((float) rate);
                TFloat32 b1 = TFloat32.scalarOf((float) StrictMath.pow(BETA1, iteration + 1));
                TFloat32 b2 = TFloat32.scalarOf((float) StrictMath.pow(BETA2, iteration + 1))) {
            Session.Runner runner = runner(data, parts - 1)
                    .feed(learningRate, lr)
                    .feed(beta1Power, b1)
                    .feed(beta2Power, b2);
            last.forEach(runner::addTarget);
            return loss.plus(run(runner));
        }
    }

    /** What the network's own runs have taken. The rest of the time its device has waited for what to do. */
    public double secondsBusy() {
        return nanosBusy / 1e9;
    }

    /**
     * What an iteration lost, before its update.
     *
     * @param nats a pixel, averaged over images
     * @param classification −log p of the label, averaged over images; 0 if it is not trained for
     */
    public record Loss(float nats, float classification) {
        private Loss plus(Loss other) {
            return new Loss(nats + other.nats, classification + other.classification);
        }

        public boolean isFinite() {
            return Float.isFinite(nats) && Float.isFinite(classification);
        }
    }

    private Session.Runner runner(Batch data, int part) {
        int b = network.batch();
        int s = network.config().positions();
        Sequences sequences = b == batch
                ? new Sequences(data.tokens(), data.seen())
                : new Sequences(
                        Arrays.copyOfRange(data.tokens(), part * b * s, (part + 1) * b * s),
                        data.seen().length == 0
                                ? data.seen()
                                : Arrays.copyOfRange(data.seen(), part * b * s, (part + 1) * b * s));
        Session.Runner runner = classNats == null
                ? network.runner(sequences)
                : network.runner(sequences, Arrays.copyOfRange(data.labels(), part * b, (part + 1) * b))
                        .fetch(classNats);
        return runner.fetch(nats);
    }

    private Loss run(Session.Runner runner) {
        long began = System.nanoTime();
        try (Result out = runner.run()) {
            nanosBusy += System.nanoTime() - began;
            float classification = classNats == null ? 0 : ((TFloat32) out.get(0)).getFloat();
            return new Loss(((TFloat32) out.get(out.size() - 1)).getFloat(), classification);
        }
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }
}
