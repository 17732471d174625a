package igpt.train;

import igpt.model.Network;
import igpt.model.Replica;
import igpt.model.Sequences;
import igpt.model.SumByToken;
import igpt.model.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArray;
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
    private final float scale;
    private final List<Gradients> gradients = new ArrayList<>(); // of each tower
    private final AllReduce allReduce;
    private final Placeholder<TFloat32> learningRate;
    private final Placeholder<TFloat32> beta1Power;
    private final Placeholder<TFloat32> beta2Power;
    private final List<Op> first = new ArrayList<>(); // of several micro-batches: its gradients are set down
    private final List<Op> middle = new ArrayList<>(); // added to them
    private final List<Op> last = new ArrayList<>(); // added, and the weights updated

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
        scale = 1f / batch;
        allReduce = AllReduce.on(network.device());
        List<List<Gradients>> byReplica = new ArrayList<>();
        for (Replica replica : network.replicas()) {
            byReplica.add(replica.towers().stream()
                    .map(tower -> new Gradients(tower, SumByToken.on(network.device()), losses, scale, recompute))
                    .toList());
        }
        byReplica.forEach(gradients::addAll);
        for (Weight weight : network.weights()) {
            if (gradients.get(0).of(weight) != null) {
                update(weight, byReplica);
            }
        }
    }

    private void update(Weight weight, List<List<Gradients>> byReplica) {
        List<Replica> replicas = network.replicas();
        List<Operand<TFloat32>> sums = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            List<Operand<TFloat32>> parts =
                    byReplica.get(i).stream().map(tower -> tower.of(weight)).toList();
            Operand<TFloat32> sum =
                    parts.size() == 1 ? parts.get(0) : replicas.get(i).tf().math.addN(parts);
            sums.add(batch == network.batch() ? sum : added(replicas.get(i), weight, sum));
        }
        List<Operand<TFloat32>> all = allReduce.sums(replicas, sums, weight.name());
        for (int i = 0; i < replicas.size(); i++) {
            last.add(adam(replicas.get(i), weight, all.get(i)));
        }
    }

    /** A replica's gradient added to those of the micro-batches before. */
    private Operand<TFloat32> added(Replica replica, Weight weight, Operand<TFloat32> gradient) {
        Ops tf = replica.tf();
        VarHandleOp sum = tf.varHandleOp(
                TFloat32.class,
                Shape.of(weight.shape()),
                VarHandleOp.sharedName(replica.shared(weight.name() + "/gradient")));
        first.add(tf.assignVariableOp(sum, gradient));
        middle.add(tf.assignAddVariableOp(sum, gradient));
        return tf.math.add(tf.readVariableOp(sum, TFloat32.class), gradient);
    }

    /** TensorFlow's own kernel changes variables where they lie. */
    private Op adam(Replica replica, Weight weight, Operand<TFloat32> gradient) {
        Ops tf = replica.tf();
        return tf.train.resourceApplyAdam(
                replica.variable(weight.name()),
                replica.variable(weight.name() + "/Adam", weight.shape()), // the reference's names of the moments
                replica.variable(weight.name() + "/Adam_1", weight.shape()),
                beta1Power,
                beta2Power,
                learningRate,
                tf.constant(BETA1),
                tf.constant(BETA2),
                tf.constant(EPSILON),
                gradient);
    }

    /**
     * One update.
     *
     * @param iteration from 0; the bias corrections of the moments follow from it
     * @return the losses before the update
     */
    public Loss iterate(long iteration, double rate, Batch data) {
        int parts = batch / network.batch();
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
        Session.Runner runner = isClassifying()
                ? network.runner(sequences, Arrays.copyOfRange(data.labels(), part * b, (part + 1) * b))
                : network.runner(sequences);
        gradients.forEach(tower -> runner.fetch(tower.nats()));
        if (isClassifying()) {
            gradients.forEach(tower -> runner.fetch(Objects.requireNonNull(tower.classNats())));
        }
        return runner;
    }

    private boolean isClassifying() {
        return gradients.get(0).classNats() != null;
    }

    private Loss run(Session.Runner runner) {
        long began = System.nanoTime();
        try (Result out = runner.run()) {
            nanosBusy += System.nanoTime() - began;
            int towers = gradients.size();
            return new Loss(scale * sum(out, 0, towers), isClassifying() ? scale * sum(out, towers, 2 * towers) : 0);
        }
    }

    /** Of the losses of all images that some outputs hold. */
    private static float sum(Result out, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            for (NdArray<Float> image : ((TFloat32) out.get(i)).scalars()) {
                sum += image.getObject();
            }
        }
        return sum;
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }
}
