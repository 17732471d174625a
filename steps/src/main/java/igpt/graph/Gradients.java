package igpt.graph;

import igpt.model.Gradient;
import igpt.model.Head;
import igpt.model.Losses;
import igpt.model.ModelConfig;
import igpt.model.SumByToken;
import igpt.model.Tensors;
import igpt.model.Transformer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A tower's losses and their gradient by each weight that is trained: a forward pass, and one back. */
public final class Gradients {
    // Axes: b sequences at a time, s positions, e width.

    private final Ops tf;
    private final ModelConfig config;
    private final Transformer transformer;
    private final int top; // the last layer that a loss reads
    private final @Nullable Head head; // if it is trained
    private final List<Operand<TFloat32>> residuals = new ArrayList<>(); // h⁰ to h of the top, each [b s, e]
    private final List<Tensors> activations = new ArrayList<>(); // of each block; none if it is computed again
    private final SumByToken sumByToken;
    private final Operand<TFloat32> nats;
    private final Transformer.@Nullable Loss generation;
    private final Transformer.@Nullable Loss classification;
    private @Nullable Operand<TFloat32> g; // by the residual that the way back has come to, [b s, e]

    /**
     * Makes the forward pass.
     *
     * @param scale of each image's loss
     * @param recompute whether each block is computed again from the residual it begins with: in place of all that
     *     every block keeps, the residuals alone are kept
     */
    public Gradients(Tower tower, SumByToken sumByToken, Losses losses, float scale, boolean recompute) {
        this.sumByToken = sumByToken;
        tf = tower.tf();
        config = tower.config();
        transformer = tower.transformer();
        head = losses.classification() ? Objects.requireNonNull(tower.head(), "a classification without a head") : null;
        top = losses.generation() || head == null ? config.layers() : head.layer();
        forward(recompute);
        generation = losses.generation() ? transformer.natsAndGradient(residuals.get(top), scale) : null;
        classification = head == null
                ? null
                : transformer.classNatsAndGradient(head, residuals.get(head.layer()), tower.labels(), scale);
        nats = generation == null ? untrained() : generation.nats();
    }

    /** The loss of each image in nats a pixel: [b]. */
    public Operand<TFloat32> nats() {
        return nats;
    }

    /** −log p of each image's label, [b]; null if it is not trained for. */
    public @Nullable Operand<TFloat32> classNats() {
        return classification == null ? null : classification.nats();
    }

    /** The last layer that a loss reads, 0 to L: where the way back begins. */
    public int top() {
        return top;
    }

    private void forward(boolean recompute) {
        residuals.add(transformer.embedding());
        for (int layer = 0; layer < top; layer++) {
            var h = residuals.get(layer);
            if (recompute) {
                residuals.add(transformer.block(layer, h));
                activations.add(Tensors.none());
            } else {
                var block = transformer.blockKeepingActivations(layer, h);
                residuals.add(block.exit());
                activations.add(block.activations());
            }
        }
    }

    /** The model's own loss, where only the head's is trained. */
    private Operand<TFloat32> untrained() {
        var h = residuals.get(top);
        for (int layer = top; layer < config.layers(); layer++) {
            h = transformer.block(layer, h);
        }
        return transformer.nats(h);
    }

    /**
     * One step of the way back, through the block after a residual and the losses that read it: the gradients by their
     * weights.
     *
     * @param layer of the residual: from the top to 0, one after the other
     * @param after what must have run before
     */
    public Map<String, Operand<TFloat32>> through(int layer, List<Op> after) {
        var byWeight = new LinkedHashMap<String, Operand<TFloat32>>();
        if (g != null) {
            var h = residuals.get(layer);
            var late = transformer.after(after);
            Gradient block = activations.get(layer).isEmpty()
                    ? late.blockGradientRecomputed(layer, h, g)
                    : late.blockGradient(layer, h, activations.get(layer), g);
            g = null;
            add(block, byWeight);
        }
        if (generation != null && layer == config.layers()) {
            add(generation.gradient(), byWeight);
        }
        if (classification != null && head != null && layer == head.layer()) {
            add(classification.gradient(), byWeight);
        }
        return byWeight;
    }

    private void add(Gradient gradient, Map<String, Operand<TFloat32>> byWeight) {
        g = g == null ? gradient.byInput() : tf.math.add(g, gradient.byInput());
        gradient.byWeight()
                .byName()
                .forEach((name, more) -> byWeight.merge(name, more, (one, other) -> tf.math.add(one, other)));
    }

    /** The last step: the gradients by the embedding's weights. */
    public Map<String, Operand<TFloat32>> throughEmbedding() {
        return transformer
                .embeddingGradient(Objects.requireNonNull(g), sumByToken)
                .byName();
    }
}
