package igpt.train;

import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Network;
import igpt.model.Transformer;
import igpt.model.Weight;
import igpt.model.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The gradient of the loss by each weight that is trained, in the network's graph. */
final class Gradients {
    // Axes: b sequences at a time, s positions, e width.

    private final Network network;
    private final ModelConfig config;
    private final Ops tf;
    private final Losses losses;
    private final float scale;
    private final boolean recompute;
    private final Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();

    /** A value, and the gradient of the loss by it. */
    private record End(Operand<TFloat32> value, Operand<TFloat32> gradient) {}

    /**
     * @param scale of each image's loss
     * @param recompute whether each block is computed anew from the residual it begins with: in place of all that
     *     every block keeps, the residuals alone are kept
     */
    Gradients(Network network, Losses losses, float scale, boolean recompute) {
        this.network = network;
        this.config = network.config();
        this.tf = network.tf();
        this.losses = losses;
        this.scale = scale;
        this.recompute = recompute;
        Operand<TFloat32> content = throughBlocks();
        byName.put(Weights.WPE, tf.reduceSum(content, tf.constant(0)));
        byName.put(Weights.WTE, embeddingGradient(content));
        if (config.causal()) {
            byName.put(Weights.SOS, startGradient(content));
        }
    }

    /** Those that are trained, in the order of the forward pass. */
    Map<Weight, Operand<TFloat32>> byWeight() {
        Map<Weight, Operand<TFloat32>> gradients = new LinkedHashMap<>();
        for (Weight weight : network.weights()) {
            Operand<TFloat32> gradient = byName.get(weight.name());
            if (gradient != null) {
                gradients.put(weight, gradient);
            }
        }
        return gradients;
    }

    private End generation() {
        return new End(network.activations().logits(), network.logitGradient(scale));
    }

    private End classification(Operand<TFloat32> logits) {
        return new End(logits, network.classGradient(scale));
    }

    private Head head() {
        return Objects.requireNonNull(network.head(), "a classification without a head");
    }

    /** The last layer that the loss depends on. */
    private int top() {
        return losses.generation() ? config.layers() : head().layer();
    }

    /** From the last block to the first. Returns the gradient by the content, [b, s, e]. */
    private Operand<TFloat32> throughBlocks() {
        Transformer transformer = network.transformer();
        List<Operand<TFloat32>> residuals = network.activations().residuals();
        List<Operand<TFloat32>> norms = network.activations().norms();
        @Nullable Operand<TFloat32> gradient = null; // by the residual after a layer
        for (int layer = top(); layer >= 0; layer--) {
            Operand<TFloat32> entry = residuals.get(layer);
            Operand<TFloat32> n = norms.get(layer);
            @Nullable Operand<TFloat32> aside = null; // by the entry, past attention
            List<End> ends = new ArrayList<>();
            List<String> names = new ArrayList<>();
            if (gradient == null) {
                names.add(layer == config.layers() ? "model/ln_f/g" : "model/h" + layer + "/ln_1/g");
            } else {
                Transformer.Block block = recompute
                        ? transformer.block(layer, after(entry, gradient))
                        : network.activations().blocks().get(layer);
                entry = block.entry();
                List<Operand<TFloat32>> by = backward(
                        List.of(new End(block.exit(), gradient)),
                        List.of(block.mixed(), entry),
                        Transformer.afterAttention(layer));
                aside = by.get(1);
                ends.add(new End(block.heads(), transformer.throughAttention(block, by.get(0))));
                names.addAll(Transformer.beforeAttention(layer));
                n = block.norm();
            }
            if (layer == config.layers() && losses.generation()) {
                ends.add(generation());
                names.add(Weights.WTET);
            }
            if (losses.classification() && layer == head().layer()) {
                ends.add(classification(network.classLogits(n)));
                names.add(Head.WEIGHT);
            }
            Operand<TFloat32> through = backward(ends, List.of(entry), names).get(0);
            gradient = aside == null ? through : tf.math.add(aside, through);
        }
        int[] shape = {network.batch(), config.positions(), config.width()};
        return tf.reshape(Objects.requireNonNull(gradient), tf.constant(shape));
    }

    /**
     * The same value, but not before the gradient is there: else the compiler would find that the block was computed
     * before, and keep it. Tokens are not negative, which it does not know.
     */
    private Operand<TFloat32> after(Operand<TFloat32> h, Operand<TFloat32> gradient) {
        Operand<TInt32> token =
                tf.slice(network.tokens(), tf.constant(new int[] {0, 0}), tf.constant(new int[] {1, 1}));
        Operand<TFloat32> zero = tf.dtypes.cast(
                tf.math.minimum(tf.reshape(token, tf.constant(new int[0])), tf.constant(0)), TFloat32.class);
        return tf.stopGradient(tf.math.add(h, tf.math.mul(zero, gradient)));
    }

    /** Puts down the gradients by the named weights; returns those by {@code at}. */
    private List<Operand<TFloat32>> backward(List<End> ends, List<Operand<TFloat32>> at, List<String> names) {
        List<Operand<?>> by = new ArrayList<>(at);
        names.forEach(name -> by.add(network.value(name)));
        List<Output<?>> found = tf.gradients(
                        ends.stream().map(End::value).collect(Collectors.toList()),
                        by,
                        org.tensorflow.op.core.Gradients.dx(
                                ends.stream().map(End::gradient).collect(Collectors.toList())))
                .dy();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), float32(found.get(at.size() + i)));
        }
        return found.subList(0, at.size()).stream().map(Gradients::float32).collect(Collectors.toList());
    }

    @SuppressWarnings("unchecked") // the gradient of a float32 is float32
    private static Operand<TFloat32> float32(Operand<?> gradient) {
        return (Operand<TFloat32>) gradient;
    }

    /** Position 0 of every sequence is sos. */
    private Operand<TFloat32> startGradient(Operand<TFloat32> content) {
        int[] size = {network.batch(), 1, config.width()};
        Operand<TFloat32> first = tf.slice(content, tf.constant(new int[] {0, 0, 0}), tf.constant(size));
        return tf.reduceSum(first, tf.constant(new int[] {0, 1}));
    }

    /** Position t holds the embedding of token t − 1; BERT's that of its own, unless it is hidden. */
    private Operand<TFloat32> embeddingGradient(Operand<TFloat32> content) {
        int b = network.batch();
        int s = config.positions();
        Operand<TInt32> tokens = network.tokens();
        Operand<TFloat32> gradient = content;
        if (config.causal()) {
            int[] size = {b, s - 1, config.width()};
            gradient = tf.slice(content, tf.constant(new int[] {0, 1, 0}), tf.constant(size));
            tokens = tf.slice(tokens, tf.constant(new int[] {0, 0}), tf.constant(new int[] {b, s - 1}));
        } else {
            gradient = tf.math.mul(content, tf.reshape(network.seen(), tf.constant(new int[] {b, s, 1})));
        }
        int n = config.causal() ? b * (s - 1) : b * s;
        return SumByToken.on(network.device())
                .of(
                        tf,
                        tf.reshape(gradient, tf.constant(new int[] {n, config.width()})),
                        tf.reshape(tokens, tf.constant(new int[] {n})),
                        config.colours());
    }
}
