package igpt.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The paper's Transformer (section 2.2): a GPT-2 decoder with norms before attention and MLP, no bias anywhere, and
 * separate input and output embeddings. {@link #forward} is the model on a page. Each part that it calls is a compiled
 * function, whose formula and gradient are in {@link Embedding}, {@link Block}, {@link GenerativeLoss} and {@link
 * ClassificationLoss}.
 */
public final class Transformer {
    // Axes: b batch, s positions, e width, K classes.

    /** A batch's tokens, [b, s]. */
    public static final String TOKENS = "tokens";

    /** BERT's mask in a batch, [b, s]: 1 where it sees the token, 0 where the token is masked. */
    public static final String SEEN = "seen";

    // Names of what functions take and return, in addition to the batch's.
    private static final String H = "h"; // a residual, [b s, e]
    private static final String G = "g"; // the gradient with respect to a residual, [b s, e]
    private static final String WEIGHTS = "weights";
    private static final String KEPT = "kept"; // activations, for the backward pass
    private static final String GAIN = "gain";
    private static final String MATRIX = "matrix";
    private static final String LABELS = "labels";
    private static final String NATS = "nats";
    private static final String GRADIENT = "gradient";

    private final Ops tf;
    private final Functions functions;
    private final ModelConfig config;
    private final Precision precision;
    private final Tensors weights;
    private final Tensors batch;

    /**
     * @param weights each of {@link Weights#of}, by name
     * @param batch {@link #TOKENS}, and {@link #SEEN} if the model is not causal
     */
    public Transformer(
            Ops tf, Functions functions, ModelConfig config, Precision precision, Tensors weights, Tensors batch) {
        this.tf = tf;
        this.functions = functions;
        this.config = config;
        this.precision = precision;
        this.weights = weights;
        this.batch = batch;
    }

    /** The same model; its operations run after these. */
    public Transformer after(List<Op> others) {
        return new Transformer(tf.withControlDependencies(others), functions, config, precision, weights, batch);
    }

    /** From the batch to the residual after the last block, with what can be read on the way. */
    public Taps forward() {
        var taps = new Taps();
        var h = embedding();
        for (int layer = 0; layer < config.layers(); layer++) {
            tap(taps, layer, h);
            h = block(layer, h);
        }
        tap(taps, config.layers(), h);
        return taps;
    }

    private void tap(Taps taps, int layer, Operand<TFloat32> h) {
        taps.add(Tap.RESIDUAL, h);
        taps.add(Tap.MEAN_RESIDUAL, meanResidual(h));
        taps.add(Tap.MEAN_NORM, meanNorm(layer, h));
    }

    /** h⁰, the residual before the first block, [b s, e]. */
    public Operand<TFloat32> embedding() {
        var inputs = batch.with(WEIGHTS, weights.only(Embedding.weights(config)));
        return value("embedding", inputs, (tf, in) -> new Embedding(tf, config, in).forward(in.folder(WEIGHTS)));
    }

    /** The gradients with respect to the embedding's weights, given that with respect to h⁰, [b s, e]. */
    public Tensors embeddingGradient(Operand<TFloat32> g, SumByToken sumByToken) {
        return functions.call(tf, "embedding_gradient", batch.with(G, g), (tf, in) -> new Embedding(tf, config, in)
                .backward(in.get(G), sumByToken));
    }

    /** The residual after a block, [b s, e], from that before it. */
    public Operand<TFloat32> block(int layer, Operand<TFloat32> h) {
        return value("block", blockInputs(layer, h), (tf, in) -> blockOf(tf, in)
                .forward(in.get(H))
                .exit());
    }

    /**
     * A block's output, and what its gradient needs.
     *
     * @param exit the residual after the block, [b s, e]
     * @param activations for {@link #blockGradient}
     */
    public record BlockOutput(Operand<TFloat32> exit, Tensors activations) {}

    /** The same as {@link #block}, with the activations that the backward pass needs. */
    public BlockOutput blockKeepingActivations(int layer, Operand<TFloat32> h) {
        var out = functions.call(tf, "kept_block", blockInputs(layer, h), (tf, in) -> {
            var block = blockOf(tf, in);
            var forward = block.forward(in.get(H));
            return Tensors.of(H, forward.exit()).with(KEPT, block.pack(forward.activations()));
        });
        return new BlockOutput(out.get(H), out.folder(KEPT));
    }

    /**
     * @param h the residual before the block
     * @param activations of its forward pass
     * @param g the gradient with respect to the residual after it
     */
    public Gradient blockGradient(int layer, Operand<TFloat32> h, Tensors activations, Operand<TFloat32> g) {
        var inputs = blockInputs(layer, h).with(G, g).with(KEPT, activations);
        return ofBlock(layer, functions.call(tf, "block_gradient", inputs, (tf, in) -> {
            var block = blockOf(tf, in);
            return block.backward(in.get(H), block.unpack(in.folder(KEPT)), in.get(G))
                    .tensors();
        }));
    }

    /** The same without activations: the forward pass is computed again. */
    public Gradient blockGradientRecomputed(int layer, Operand<TFloat32> h, Operand<TFloat32> g) {
        var inputs = blockInputs(layer, h).with(G, g);
        return ofBlock(layer, functions.call(tf, "block_gradient_recomputed", inputs, (tf, in) -> {
            var block = blockOf(tf, in);
            return block.backward(in.get(H), block.forward(in.get(H)).activations(), in.get(G))
                    .tensors();
        }));
    }

    private Tensors blockInputs(int layer, Operand<TFloat32> h) {
        return Tensors.of(H, h).with(WEIGHTS, weights.folder(Weights.block(layer)));
    }

    private Block blockOf(Ops tf, Tensors inputs) {
        return new Block(tf, config, precision, inputs.folder(WEIGHTS));
    }

    private static Gradient ofBlock(int layer, Tensors tensors) {
        var gradient = Gradient.of(tensors);
        return new Gradient(gradient.byInput(), gradient.byWeight().within(Weights.block(layer)));
    }

    /** A loss of each image, [b], and the gradient of their scaled sum. */
    public record Loss(Operand<TFloat32> nats, Gradient gradient) {
        private Tensors tensors() {
            return Tensors.of(NATS, nats).with(GRADIENT, gradient.tensors());
        }

        private static Loss of(Tensors tensors) {
            return new Loss(tensors.get(NATS), Gradient.of(tensors.folder(GRADIENT)));
        }
    }

    /** What the residual after the last block says of each position's token, [b s, v]. */
    public Operand<TFloat32> logits(Operand<TFloat32> h) {
        var inputs = Tensors.of(H, h).with(WEIGHTS, weights.only(TokenLogits.WEIGHTS));
        return value("logits", inputs, (tf, in) -> new TokenLogits(tf, config, in.folder(WEIGHTS), in.get(H)).values());
    }

    /** The loss of each image in nats a pixel, [b], given the residual after the last block. */
    public Operand<TFloat32> nats(Operand<TFloat32> h) {
        return value(
                "nats", generativeInputs(h), (tf, in) -> generativeLoss(tf, in).nats());
    }

    /** The same, and its gradient. */
    public Loss natsAndGradient(Operand<TFloat32> h, float scale) {
        return Loss.of(functions.call(tf, "nats_and_gradient", generativeInputs(h), (tf, in) -> {
            var loss = generativeLoss(tf, in);
            return new Loss(loss.nats(), loss.backward(scale)).tensors();
        }));
    }

    private Tensors generativeInputs(Operand<TFloat32> h) {
        return Tensors.of(H, h).with(WEIGHTS, weights.only(TokenLogits.WEIGHTS)).with(batch);
    }

    private GenerativeLoss generativeLoss(Ops tf, Tensors in) {
        return new GenerativeLoss(tf, config, in.folder(WEIGHTS), in.get(H), in);
    }

    /** The head's logits, [b, K], given the residual that it reads. */
    public Operand<TFloat32> classLogits(Head head, Operand<TFloat32> h) {
        return value("class_logits", classInputs(head, h), (tf, in) -> classificationLoss(tf, in)
                .logits());
    }

    /**
     * −log p of each image's label, and its gradient.
     *
     * @param labels [b]
     */
    public Loss classNatsAndGradient(Head head, Operand<TFloat32> h, Operand<TFloat32> labels, float scale) {
        var gain = Weights.gain(config, head.layer());
        var inputs = classInputs(head, h).with(LABELS, labels);
        return Loss.of(functions.call(tf, "class_nats_and_gradient", inputs, (tf, in) -> {
            var loss = classificationLoss(tf, in).lossAndGradient(in.get(LABELS), scale);
            var byWeight = Tensors.of(gain, loss.byGain()).with(Head.WEIGHT, loss.byMatrix());
            return new Loss(loss.nats(), new Gradient(loss.byInput(), byWeight)).tensors();
        }));
    }

    private Tensors classInputs(Head head, Operand<TFloat32> h) {
        return Tensors.of(H, h)
                .with(GAIN, weights.get(Weights.gain(config, head.layer())))
                .with(MATRIX, weights.get(Head.WEIGHT));
    }

    private ClassificationLoss classificationLoss(Ops tf, Tensors in) {
        return new ClassificationLoss(tf, config, in.get(GAIN), in.get(MATRIX), in.get(H));
    }

    /** The average over positions of a residual, [b s, e]: [b, e]. */
    private Operand<TFloat32> meanResidual(Operand<TFloat32> h) {
        return value("residual_features", Tensors.of(H, h), (tf, in) -> mean(tf, in.get(H)));
    }

    /** The average over positions of the norm that reads the layer: [b, e]. */
    private Operand<TFloat32> meanNorm(int layer, Operand<TFloat32> h) {
        var inputs = Tensors.of(H, h).with(GAIN, weights.get(Weights.gain(config, layer)));
        return value("norm_features", inputs, (tf, in) -> {
            var norm = new Norm(tf, in.get(GAIN), config.width());
            return mean(tf, norm.values(in.get(H)));
        });
    }

    private Operand<TFloat32> mean(Ops tf, Operand<TFloat32> layer) {
        return ClassificationLoss.average(tf, config, layer);
    }

    /** A function with one output. */
    private interface Value {
        Operand<TFloat32> of(Ops tf, Tensors inputs);
    }

    private Operand<TFloat32> value(String name, Tensors inputs, Value body) {
        return functions
                .call(tf, name, inputs, (tf, in) -> Tensors.of(name, body.of(tf, in)))
                .get(name);
    }
}
