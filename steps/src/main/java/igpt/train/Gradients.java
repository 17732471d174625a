package igpt.train;

import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Network;
import igpt.model.Transformer;
import igpt.model.Weight;
import igpt.model.Weights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private final Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();

    /** A value, and the gradient of the loss by it. */
    private record End(Operand<TFloat32> value, Operand<TFloat32> gradient) {}

    /**
     * @param scale of each image's loss
     * @param recompute whether the backward pass computes each block anew
     */
    Gradients(Network network, Losses losses, float scale, boolean recompute) {
        this.network = network;
        this.config = network.config();
        this.tf = network.tf();
        this.losses = losses;
        this.scale = scale;
        Operand<TFloat32> content = recompute ? blockByBlock() : atOnce();
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

    /** The names of the weights between the residuals of {@code layer} and the next, or after the last. */
    private List<String> weights(int layer) {
        List<String> names = new ArrayList<>();
        boolean last = layer == config.layers();
        names.add(last ? "model/ln_f/g" : "model/h" + layer + "/ln_1/g");
        if (last && losses.generation()) {
            names.add(Weights.WTET);
        }
        if (layer < top()) {
            String block = "model/h" + layer + "/";
            network.weights().stream()
                    .map(Weight::name)
                    .filter(name -> name.startsWith(block) && !names.contains(name))
                    .forEach(names::add);
        }
        if (losses.classification() && layer == head().layer()) {
            names.add(Head.WEIGHT);
        }
        return names;
    }

    /** All in one backward pass. Returns the gradient by the content, [b, s, e]. */
    private Operand<TFloat32> atOnce() {
        List<End> ends = new ArrayList<>();
        if (losses.generation()) {
            ends.add(generation());
        }
        if (losses.classification()) {
            ends.add(classification(network.classLogits()));
        }
        Set<String> trained = new HashSet<>();
        for (int layer = 0; layer <= top(); layer++) {
            trained.addAll(weights(layer));
        }
        trained.add(Weights.WPE);
        List<String> names = network.weights().stream()
                .map(Weight::name)
                .filter(trained::contains)
                .collect(Collectors.toList());
        return backward(ends, network.activations().content(), names);
    }

    /**
     * From the last block to the first, each computed anew from the residual it begins with: in place of all that
     * every block keeps, the residuals alone are kept. Returns the gradient by the content, [b, s, e].
     */
    private Operand<TFloat32> blockByBlock() {
        Transformer transformer = network.transformer();
        List<Operand<TFloat32>> residuals = network.activations().residuals();
        @Nullable Operand<TFloat32> gradient = null;
        for (int layer = top(); layer >= 0; layer--) {
            boolean last = layer == config.layers();
            Operand<TFloat32> h =
                    last || gradient == null ? residuals.get(layer) : after(residuals.get(layer), gradient);
            List<End> ends = new ArrayList<>();
            if (last && losses.generation()) {
                ends.add(generation());
            }
            Operand<TFloat32> n = last ? network.activations().norms().get(layer) : transformer.entry(layer, h);
            if (gradient != null) {
                ends.add(new End(transformer.block(layer, h, n), gradient));
            }
            if (losses.classification() && layer == head().layer()) {
                ends.add(classification(last ? network.classLogits() : network.classLogits(n)));
            }
            gradient = backward(ends, h, weights(layer));
        }
        int[] shape = {network.batch(), config.positions(), config.width()};
        Operand<TFloat32> content = tf.reshape(Objects.requireNonNull(gradient), tf.constant(shape));
        byName.put(Weights.WPE, tf.reduceSum(content, tf.constant(0)));
        return content;
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

    /** Puts down the gradients by the named weights; returns that by {@code start}. */
    private Operand<TFloat32> backward(List<End> ends, Operand<TFloat32> start, List<String> names) {
        List<Operand<?>> by = new ArrayList<>();
        by.add(start);
        names.forEach(name -> by.add(network.value(name)));
        List<Output<?>> found = tf.gradients(
                        ends.stream().map(End::value).collect(Collectors.toList()),
                        by,
                        org.tensorflow.op.core.Gradients.dx(
                                ends.stream().map(End::gradient).collect(Collectors.toList())))
                .dy();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), float32(found.get(i + 1)));
        }
        return float32(found.get(0));
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
