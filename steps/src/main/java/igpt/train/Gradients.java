package igpt.train;

import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.SumByToken;
import igpt.model.Tower;
import igpt.model.Transformer;
import igpt.model.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A tower's losses and their gradient by each weight that is trained: a forward pass, and one back. */
final class Gradients {
    // Axes: b sequences at a time, s positions, e width.

    private final Ops tf;
    private final ModelConfig config;
    private final Transformer transformer;
    private final int top; // the last layer that a loss reads
    private final @Nullable Head head; // if it is trained
    private final List<Operand<TFloat32>> residuals = new ArrayList<>(); // h⁰ to h of the top, each [b s, e]
    private final List<List<Operand<TFloat32>>> kept = new ArrayList<>(); // of each block; none if it is computed anew
    private final Operand<TFloat32> nats;
    private final @Nullable Operand<TFloat32> classNats;
    private final Map<String, Operand<TFloat32>> byWeight = new LinkedHashMap<>();

    /**
     * @param scale of each image's loss
     * @param recompute whether each block is computed anew from the residual it begins with: in place of all that
     *     every block keeps, the residuals alone are kept
     */
    Gradients(Tower tower, SumByToken sumByToken, Losses losses, float scale, boolean recompute) {
        tf = tower.tf();
        config = tower.config();
        transformer = tower.transformer();
        head = losses.classification() ? Objects.requireNonNull(tower.head(), "a classification without a head") : null;
        top = losses.generation() || head == null ? config.layers() : head.layer();
        forward(recompute);
        Transformer.@Nullable Loss generation =
                losses.generation() ? transformer.natsAndGradient(residuals.get(top), scale) : null;
        Transformer.@Nullable Loss classification = head == null
                ? null
                : transformer.classNatsAndGradient(head, residuals.get(head.layer()), tower.labels(), scale);
        nats = generation == null ? untrained() : generation.nats();
        classNats = classification == null ? null : classification.nats();
        Operand<TFloat32> byContent = backward(generation, classification);
        transformer.embeddingGradient(byContent, sumByToken).forEach(this::add);
    }

    /** The loss of each image in nats a pixel: [b]. */
    Operand<TFloat32> nats() {
        return nats;
    }

    /** −log p of each image's label, [b]; null if it is not trained for. */
    @Nullable
    Operand<TFloat32> classNats() {
        return classNats;
    }

    /** Null if the loss does not depend on the weight. */
    @Nullable
    Operand<TFloat32> of(Weight weight) {
        return byWeight.get(weight.name());
    }

    private void forward(boolean recompute) {
        residuals.add(transformer.embedding());
        for (int layer = 0; layer < top; layer++) {
            Operand<TFloat32> h = residuals.get(layer);
            if (recompute) {
                residuals.add(transformer.block(layer, h));
                kept.add(List.of());
            } else {
                List<Operand<TFloat32>> block = transformer.keptBlock(layer, h);
                residuals.add(block.get(0));
                kept.add(block.subList(1, block.size()));
            }
        }
    }

    /** The model's own loss, where only the head's is trained. */
    private Operand<TFloat32> untrained() {
        Operand<TFloat32> h = residuals.get(top);
        for (int layer = top; layer < config.layers(); layer++) {
            h = transformer.block(layer, h);
        }
        return transformer.nats(h);
    }

    /** From the last layer that a loss reads to the first: by h⁰, [b s, e]. */
    private Operand<TFloat32> backward(
            Transformer.@Nullable Loss generation, Transformer.@Nullable Loss classification) {
        @Nullable Operand<TFloat32> g = null;
        for (int layer = top; layer >= 0; layer--) {
            if (g != null) {
                Operand<TFloat32> h = residuals.get(layer);
                g = through(
                        kept.get(layer).isEmpty()
                                ? transformer.blockGradientAnew(layer, h, g)
                                : transformer.blockGradient(layer, h, kept.get(layer), g),
                        null);
            }
            if (generation != null && layer == config.layers()) {
                g = through(generation.gradient(), g);
            }
            if (classification != null && head != null && layer == head.layer()) {
                g = through(classification.gradient(), g);
            }
        }
        return Objects.requireNonNull(g);
    }

    /** By a residual, from what reads it and, if not null, from what lies past that. */
    private Operand<TFloat32> through(Transformer.Gradient gradient, @Nullable Operand<TFloat32> g) {
        gradient.byWeight().forEach(this::add);
        return g == null ? gradient.byInput() : tf.math.add(g, gradient.byInput());
    }

    private void add(String weight, Operand<TFloat32> gradient) {
        byWeight.merge(weight, gradient, (one, other) -> tf.math.add(one, other));
    }
}
