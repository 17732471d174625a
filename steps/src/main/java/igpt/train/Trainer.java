package igpt.train;

import igpt.model.Network;
import igpt.model.Weight;
import igpt.model.Weights;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Adam on the auto-regressive loss: the paper's optimizer (section 3.4), β₁ 0.9, β₂ 0.95, no weight decay. Its moments
 * are variables of the network, so a checkpoint holds them; everything else an iteration needs follows from its number.
 */
public final class Trainer {
    static final float BETA1 = 0.9f;
    static final float BETA2 = 0.95f;
    static final float EPSILON = 1e-8f;

    private final Network network;
    private final Placeholder<TFloat32> learningRate;
    private final Placeholder<TFloat32> beta1Power;
    private final Placeholder<TFloat32> beta2Power;
    private final Operand<TFloat32> loss;
    private final List<Op> updates = new ArrayList<>();

    /** Adds gradients and updates to the network's graph. */
    public Trainer(Network network) {
        this.network = network;
        Ops tf = network.tf();
        learningRate = scalar(tf);
        beta1Power = scalar(tf);
        beta2Power = scalar(tf);
        int b = network.batch();
        int predictions = b * network.config().positions();
        loss = tf.math.mul(tf.reduceSum(network.nats(), tf.constant(0)), tf.constant(1f / b));
        List<Weight> weights = Weights.of(network.config());
        List<Operand<TFloat32>> gradients = gradients(tf, weights, predictions);
        for (int i = 0; i < weights.size(); i++) {
            updates.add(adam(tf, weights.get(i), gradients.get(i)));
        }
    }

    /** The gradient of the mean loss by each weight. */
    private List<Operand<TFloat32>> gradients(Ops tf, List<Weight> weights, int predictions) {
        Operand<TFloat32> dLogits = tf.math.mul(network.logitGradient(), tf.constant(1f / predictions));
        List<Operand<?>> by = new ArrayList<>();
        by.add(network.activations().content());
        for (Weight weight : weights) {
            if (!isContent(weight)) {
                by.add(network.value(weight.name()));
            }
        }
        List<org.tensorflow.Output<?>> found = tf.gradients(
                        List.of(network.activations().logits()), by, Gradients.dx(List.of(dLogits)))
                .dy();
        @SuppressWarnings("unchecked") // the gradient of a float32 is float32
        Operand<TFloat32> content = (Operand<TFloat32>) (Operand<?>) found.get(0); // [b, s, e]
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        int next = 1;
        for (Weight weight : weights) {
            if (weight.name().equals(Weights.SOS)) {
                gradients.add(startGradient(tf, content));
            } else if (weight.name().equals(Weights.WTE)) {
                gradients.add(embeddingGradient(tf, content));
            } else {
                @SuppressWarnings("unchecked")
                Operand<TFloat32> gradient = (Operand<TFloat32>) (Operand<?>) found.get(next++);
                gradients.add(gradient);
            }
        }
        return gradients;
    }

    private static boolean isContent(Weight weight) {
        return weight.name().equals(Weights.SOS) || weight.name().equals(Weights.WTE);
    }

    /** Position 0 of every sequence is sos. */
    private Operand<TFloat32> startGradient(Ops tf, Operand<TFloat32> content) {
        int[] size = {network.batch(), 1, network.config().width()};
        Operand<TFloat32> first = tf.slice(content, tf.constant(new int[] {0, 0, 0}), tf.constant(size));
        return tf.reduceSum(first, tf.constant(new int[] {0, 1}));
    }

    /** Position t holds the embedding of token t − 1. */
    private Operand<TFloat32> embeddingGradient(Ops tf, Operand<TFloat32> content) {
        int b = network.batch();
        int s = network.config().positions();
        int[] size = {b, s - 1, network.config().width()};
        Operand<TFloat32> shifted = tf.slice(content, tf.constant(new int[] {0, 1, 0}), tf.constant(size));
        Operand<TInt32> seen =
                tf.slice(network.tokens(), tf.constant(new int[] {0, 0}), tf.constant(new int[] {b, s - 1}));
        return tf.math.unsortedSegmentSum(
                shifted, seen, tf.constant(network.config().colours()));
    }

    private Op adam(Ops tf, Weight weight, Operand<TFloat32> gradient) {
        return tf.train.resourceApplyAdam(
                network.variable(weight.name()),
                network.variable(weight.name() + "/Adam", weight.shape()), // the reference's names of the moments
                network.variable(weight.name() + "/Adam_1", weight.shape()),
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
     * @param tokens [b, s], row-major
     * @return the loss before the update, in nats a pixel
     */
    public float iterate(long iteration, double rate, int[] tokens) {
        try (TFloat32 lr = TFloat32.scalarOf((float) rate);
                TFloat32 b1 = TFloat32.scalarOf((float) StrictMath.pow(BETA1, iteration + 1));
                TFloat32 b2 = TFloat32.scalarOf((float) StrictMath.pow(BETA2, iteration + 1))) {
            Session.Runner runner = network.runner(tokens)
                    .feed(learningRate, lr)
                    .feed(beta1Power, b1)
                    .feed(beta2Power, b2)
                    .fetch(loss);
            updates.forEach(runner::addTarget);
            try (Result out = runner.run()) {
                return ((TFloat32) out.get(0)).getFloat();
            }
        }
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }
}
