package igpt.train;

import igpt.graph.AllReduce;
import igpt.graph.Gradients;
import igpt.graph.Network;
import igpt.model.Losses;
import igpt.model.Sequences;
import igpt.model.SumByToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.StepStats;
import org.tensorflow.types.TFloat32;

/**
 * Runs iterations: a forward and a backward pass over a batch, and {@link Adam}'s update of each weight. Everything else
 * that an iteration needs follows from its number.
 *
 * <p>A batch larger than the network's goes through in micro-batches whose gradients are accumulated.
 */
public final class Trainer {
    private final Network network;
    private final int batch;
    private final float scale;
    private final List<Gradients> gradients = new ArrayList<>(); // of each tower
    private final AllReduce allReduce;
    private final Adam adam;
    private final List<Op> zeros =
            new ArrayList<>(); // set the accumulated gradients to zero, before the first of several micro-batches
    private final List<Op> sums = new ArrayList<>(); // add a micro-batch's gradients to the accumulated ones
    private final List<Op> updates = new ArrayList<>(); // update the weights
    private long nanosBusy;
    private @Nullable Consumer<StepStats> observer;

    /** Trains the model's own objective on the network's whole batches. */
    public Trainer(Network network) {
        this(network, network.batch(), Losses.GENERATIVE, false);
    }

    /**
     * Adds gradients and updates to the network's graph.
     *
     * @param batch sequences an iteration, a multiple of the network's
     * @param recompute whether the backward pass computes each block's activations again instead of keeping them
     */
    public Trainer(Network network, int batch, Losses losses, boolean recompute) {
        if (batch % network.batch() != 0) {
            throw new IllegalArgumentException(batch + " sequences are no multiple of " + network.batch());
        }
        this.network = network;
        this.batch = batch;
        adam = new Adam(network.tf());
        scale = 1f / batch;
        allReduce = AllReduce.on(network.device());
        for (var replica : network.replicas()) {
            for (var tower : replica.towers()) {
                gradients.add(
                        new Gradients(tower, SumByToken.on(network.device().isGpu()), losses, scale, recompute));
            }
        }
        backward();
    }

    /** A layer's gradients wait until those of the layer before the last have been used: only two layers' are in memory. */
    private void backward() {
        List<Op> previous = List.of();
        List<Op> last = List.of();
        for (int layer = gradients.get(0).top(); layer >= 0; layer--) {
            int now = layer;
            var after = previous;
            previous = last;
            last = use(
                    gradients.stream().map(tower -> tower.through(now, after)).toList());
        }
        use(gradients.stream().map(Gradients::throughEmbedding).toList());
    }

    /** Updates weights with the towers' gradients or, if there are several micro-batches, accumulates these. */
    private List<Op> use(List<Map<String, Operand<TFloat32>>> byTower) {
        var uses = new ArrayList<Op>();
        for (var weight : byTower.get(0).keySet()) {
            var parts = byTower.stream()
                    .map(tower -> Objects.requireNonNull(tower.get(weight)))
                    .toList();
            uses.addAll(batch == network.batch() ? update(weight, sums(parts)) : addUp(weight, sums(parts)));
        }
        (batch == network.batch() ? updates : sums).addAll(uses);
        return uses;
    }

    /** The sum of each replica's towers' gradients. */
    private List<Operand<TFloat32>> sums(List<Operand<TFloat32>> parts) {
        var byReplica = new ArrayList<Operand<TFloat32>>();
        int from = 0;
        for (var replica : network.replicas()) {
            int to = from + replica.towers().size();
            var own = parts.subList(from, to);
            byReplica.add(own.size() == 1 ? own.get(0) : replica.tf().math.addN(own));
            from = to;
        }
        return byReplica;
    }

    /** @param gradients each replica's */
    private List<Op> update(String weight, List<Operand<TFloat32>> gradients) {
        var replicas = network.replicas();
        var all = allReduce.sums(replicas, gradients, weight);
        List<Op> updates = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            updates.add(adam.update(replicas.get(i), weight, all.get(i)));
        }
        return updates;
    }

    /** Adds a micro-batch's gradients to the accumulated ones, with which the weight is updated. */
    private List<Op> addUp(String weight, List<Operand<TFloat32>> gradients) {
        var additions = new ArrayList<Op>();
        var totals = new ArrayList<Operand<TFloat32>>();
        for (var replica : network.replicas()) {
            var tf = replica.tf();
            var shape = replica.shape(weight);
            var sum =
                    tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(replica.shared(weight + "/gradient")));
            zeros.add(tf.assignVariableOp(sum, tf.fill(tf.constant(shape.asArray()), tf.constant(0f))));
            additions.add(tf.assignAddVariableOp(sum, gradients.get(additions.size())));
            totals.add(tf.readVariableOp(sum, TFloat32.class));
        }
        updates.addAll(update(weight, totals));
        return additions;
    }

    /**
     * One update.
     *
     * @param iteration from 0; the bias corrections of the moments follow from it
     * @return the losses before the update
     */
    public Loss iterate(long iteration, double rate, Batch data) {
        try (var step = adam.step(iteration, rate)) {
            if (batch == network.batch()) {
                return run(step.feed(runner(data, 0)), updates);
            }
            network.run(zeros);
            var loss = new Loss(0, 0);
            for (int part = 0; part < batch / network.batch(); part++) {
                loss = loss.plus(run(runner(data, part), sums));
            }
            run(step.feed(network.runner()), updates);
            return loss;
        }
    }

    /** From now on, tells the observer when each operation of a run was computed. This slows the runs down. */
    public void observe(Consumer<StepStats> observer) {
        this.observer = observer;
    }

    private Result run(Session.Runner runner) {
        if (observer == null) {
            return runner.run();
        }
        var out = runner.setOptions(RunOptions.newBuilder()
                        .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
                        .build())
                .runAndFetchMetadata();
        observer.accept(out.getMetadata().orElseThrow().getStepStats());
        return out;
    }

    /** The time that the network's runs have taken. For the rest of the time its device was idle. */
    public double secondsBusy() {
        return nanosBusy / 1e9;
    }

    /**
     * An iteration's losses, before its update.
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

    /** @return the losses; 0 if none are fetched */
    private Loss run(Session.Runner runner, List<Op> targets) {
        targets.forEach(runner::addTarget);
        long began = System.nanoTime();
        try (var out = run(runner)) {
            nanosBusy += System.nanoTime() - began;
            int towers = gradients.size();
            return new Loss(scale * sum(out, 0, towers), scale * sum(out, towers, 2 * towers));
        }
    }

    /** The sum of all images' losses in some of the outputs. */
    private static float sum(Result out, int from, int to) {
        float sum = 0;
        for (int i = from; i < Math.min(to, out.size()); i++) {
            for (NdArray<Float> image : ((TFloat32) out.get(i)).scalars()) {
                sum += image.getObject();
            }
        }
        return sum;
    }
}
