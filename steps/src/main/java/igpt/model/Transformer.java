package igpt.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The paper's Transformer (section 2.2): a GPT-2 decoder with norms before attention and MLP, no bias anywhere, and
 * separate input and output embeddings. What it computes stands in {@link Embedding}, {@link Block}, {@link TokenLoss}
 * and {@link Classifier}; here each of them, and each gradient, is a function to be called on one batch.
 */
public final class Transformer {
    // Axes: b batch, s positions, e width, K classes.

    private final Ops tf;
    private final Functions functions;
    private final ModelConfig config;
    private final Precision precision;
    private final Map<String, Operand<TFloat32>> weights;
    private final Operand<TFloat32> tokens;
    private final @Nullable Operand<TFloat32> seen;

    /**
     * @param weights each weight of {@link Weights#of} by name
     * @param tokens [b, s]
     * @param seen [b, s], 1 where BERT sees the token and 0 where it is hidden; null if the model is causal
     */
    Transformer(
            Ops tf,
            Functions functions,
            ModelConfig config,
            Precision precision,
            Map<String, Operand<TFloat32>> weights,
            Operand<TFloat32> tokens,
            @Nullable Operand<TFloat32> seen) {
        this.tf = tf;
        this.functions = functions;
        this.config = config;
        this.precision = precision;
        this.weights = weights;
        this.tokens = tokens;
        this.seen = seen;
    }

    /**
     * A gradient of the loss.
     *
     * @param byInput by the residual that something was made of, [b s, e]
     * @param byWeight by the weights that it was made with
     */
    public record Gradient(Operand<TFloat32> byInput, Map<String, Operand<TFloat32>> byWeight) {}

    /** A loss of each image, [b], and the gradient of their scaled sum. */
    public record Loss(Operand<TFloat32> nats, Gradient gradient) {}

    /** The same, but what it is asked for is not begun before these have run. */
    public Transformer after(List<Op> others) {
        return new Transformer(tf.withControlDependencies(others), functions, config, precision, weights, tokens, seen);
    }

    /** The residual before the first block, h⁰ [b s, e]. */
    public Operand<TFloat32> embedding() {
        int fed = batch().size();
        return value("embedding", inputs(batch(), weights(Embedding.weights(config))), (tf, in) -> embedding(
                        tf, in.subList(0, fed))
                .forward(in.subList(fed, in.size())));
    }

    /** The gradients by the embedding's weights, from that by h⁰, [b s, e]. */
    public Map<String, Operand<TFloat32>> embeddingGradient(Operand<TFloat32> g, SumByToken sumByToken) {
        List<Operand<TFloat32>> gradients =
                call("embedding_gradient", inputs(batch(), List.of(g)), (tf, in) -> embedding(tf, in)
                        .backward(in.get(in.size() - 1), sumByToken));
        return byName(Embedding.weights(config), gradients);
    }

    /** @param batch tokens, and what BERT sees of them; what else there is does not matter */
    private Embedding embedding(Ops tf, List<Operand<TFloat32>> batch) {
        return new Embedding(tf, config, batch.get(0), config.causal() ? null : batch.get(1));
    }

    /** The residual after a block, [b s, e], from that before it. */
    public Operand<TFloat32> block(int layer, Operand<TFloat32> h) {
        return value("block", inputs(List.of(h), weights(blockWeights(layer))), (tf, in) -> blockOf(tf, in)
                .forward(in.get(0))
                .exit());
    }

    /** The same, [b s, e], and then what {@link #blockGradient} needs of it. */
    public List<Operand<TFloat32>> keptBlock(int layer, Operand<TFloat32> h) {
        return call("kept_block", inputs(List.of(h), weights(blockWeights(layer))), (tf, in) -> {
            Block block = blockOf(tf, in);
            Block.Forward forward = block.forward(in.get(0));
            return inputs(List.of(forward.exit()), block.pack(forward.kept()));
        });
    }

    /**
     * @param h the residual before the block
     * @param kept of its forward pass
     * @param g the gradient by the residual after it
     */
    public Gradient blockGradient(int layer, Operand<TFloat32> h, List<Operand<TFloat32>> kept, Operand<TFloat32> g) {
        int own = 2 + Block.WEIGHTS.size();
        return blockGradient(
                "block_gradient",
                layer,
                inputs(List.of(h), weights(blockWeights(layer)), List.of(g), kept),
                (tf, in) -> {
                    Block block = blockOf(tf, in);
                    Block.Kept forward = block.unpack(in.subList(own, in.size()));
                    return block.backward(in.get(0), forward, in.get(own - 1));
                });
    }

    /** The same without anything kept: the block is computed again. */
    public Gradient blockGradientRecomputed(int layer, Operand<TFloat32> h, Operand<TFloat32> g) {
        return blockGradient(
                "block_gradient_recomputed",
                layer,
                inputs(List.of(h), weights(blockWeights(layer)), List.of(g)),
                (tf, in) -> {
                    Block block = blockOf(tf, in);
                    return block.backward(in.get(0), block.forward(in.get(0)).kept(), in.get(in.size() - 1));
                });
    }

    private Block blockOf(Ops tf, List<Operand<TFloat32>> inputs) {
        return new Block(tf, config, precision, inputs.subList(1, 1 + Block.WEIGHTS.size()));
    }

    private Gradient blockGradient(String name, int layer, List<Operand<TFloat32>> inputs, Functions.Body body) {
        List<Operand<TFloat32>> gradients = call(name, inputs, body);
        return new Gradient(gradients.get(0), byName(blockWeights(layer), gradients.subList(1, gradients.size())));
    }

    private static List<String> blockWeights(int layer) {
        return Block.WEIGHTS.stream()
                .map(name -> "model/h" + layer + "/" + name)
                .toList();
    }

    /** The loss of each image in nats a pixel, [b], from the residual after the last block. */
    public Operand<TFloat32> nats(Operand<TFloat32> h) {
        return value("nats", lossInputs(h), (tf, in) -> tokenLoss(tf, in).nats());
    }

    /** The same, and its gradient. */
    public Loss natsAndGradient(Operand<TFloat32> h, float scale) {
        List<Operand<TFloat32>> out = call("nats_and_gradient", lossInputs(h), (tf, in) -> {
            TokenLoss loss = tokenLoss(tf, in);
            return inputs(List.of(loss.nats()), loss.backward(scale));
        });
        return loss(TokenLoss.WEIGHTS, out);
    }

    private List<Operand<TFloat32>> lossInputs(Operand<TFloat32> h) {
        return inputs(List.of(h), weights(TokenLoss.WEIGHTS), batch());
    }

    private TokenLoss tokenLoss(Ops tf, List<Operand<TFloat32>> in) {
        return new TokenLoss(tf, config, in.subList(1, 3), in.get(0), in.get(3), config.causal() ? null : in.get(4));
    }

    /** The head's logits, [b, K], from the residual it reads. */
    public Operand<TFloat32> classLogits(Head head, Operand<TFloat32> h) {
        return value("class_logits", inputs(List.of(h), weights(classWeights(head))), (tf, in) -> classifier(tf, in)
                .logits());
    }

    /**
     * −log p of each image's label, and its gradient.
     *
     * @param labels [b]
     */
    public Loss classNatsAndGradient(Head head, Operand<TFloat32> h, Operand<TFloat32> labels, float scale) {
        List<Operand<TFloat32>> out = call(
                "class_nats_and_gradient",
                inputs(List.of(h), weights(classWeights(head)), List.of(labels)),
                (tf, in) -> classifier(tf, in).lossAndGradients(in.get(3), scale));
        return loss(classWeights(head), out);
    }

    private Classifier classifier(Ops tf, List<Operand<TFloat32>> in) {
        return new Classifier(tf, config, in.subList(1, 3), in.get(0));
    }

    private List<String> classWeights(Head head) {
        return List.of(gain(head.layer()), Head.WEIGHT);
    }

    /** Average over positions of a layer's residual, [b s, e], or of its norm: [b, e]. */
    public Operand<TFloat32> features(Network.Tap tap, int layer, Operand<TFloat32> h) {
        return switch (tap) {
            case RESIDUAL ->
                value("residual_features", List.of(h), (tf, in) -> Classifier.average(tf, config, in.get(0)));
            case NORM ->
                value("norm_features", inputs(List.of(h), weights(List.of(gain(layer)))), (tf, in) -> {
                    Norm norm = new Norm(tf, in.get(1), config.width());
                    return Classifier.average(tf, config, norm.values(in.get(0)));
                });
        };
    }

    /** That of the norm at a block's entry, or after the last block. */
    private String gain(int layer) {
        return layer == config.layers()
                ? Weights.LAST_GAIN
                : blockWeights(layer).get(0);
    }

    private static Loss loss(List<String> weights, List<Operand<TFloat32>> out) {
        return new Loss(out.get(0), new Gradient(out.get(1), byName(weights, out.subList(2, out.size()))));
    }

    private List<Operand<TFloat32>> call(String name, List<Operand<TFloat32>> inputs, Functions.Body body) {
        return functions.call(tf, name, inputs, body);
    }

    /** The same of a function with one output. */
    private Operand<TFloat32> value(
            String name,
            List<Operand<TFloat32>> inputs,
            BiFunction<Ops, List<Operand<TFloat32>>, Operand<TFloat32>> body) {
        return call(name, inputs, (tf, in) -> List.of(body.apply(tf, in))).get(0);
    }

    private List<Operand<TFloat32>> batch() {
        return seen == null ? List.of(tokens) : List.of(tokens, seen);
    }

    private List<Operand<TFloat32>> weights(List<String> names) {
        return names.stream()
                .map(name -> Objects.requireNonNull(weights.get(name), name))
                .toList();
    }

    @SafeVarargs
    private static List<Operand<TFloat32>> inputs(List<Operand<TFloat32>>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    private static Map<String, Operand<TFloat32>> byName(List<String> names, List<Operand<TFloat32>> values) {
        Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();
        for (String name : names) {
            byName.put(name, values.get(byName.size()));
        }
        return byName;
    }
}
