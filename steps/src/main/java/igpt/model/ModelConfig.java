package igpt.model;

/**
 * The size of a Transformer, and what it predicts.
 *
 * @param layers blocks, L
 * @param width activations at a position: e, the paper's d
 * @param heads attention heads; they share the width evenly
 * @param positions tokens in a sequence, s
 * @param colours in the palette: the vocabulary
 */
public record ModelConfig(int layers, int width, int heads, int positions, int colours, Objective objective) {
    /** The size of an auto-regressive model. */
    public ModelConfig(int layers, int width, int heads, int positions, int colours) {
        this(layers, width, heads, positions, colours, Objective.AR);
    }

    public ModelConfig {
        require(layers >= 1, "layers is " + layers + "; it must be at least 1");
        require(width >= 1, "width is " + width + "; it must be at least 1");
        require(heads >= 1 && width % heads == 0, "heads is " + heads + "; it must divide the width, " + width);
        require(positions >= 1, "positions is " + positions + "; it must be at least 1");
        require(colours >= 2, "colours is " + colours + "; it must be at least 2");
    }

    /** Whether attention is masked, so that a position sees itself and those before it. */
    public boolean causal() {
        return objective == Objective.AR;
    }

    public int headWidth() {
        return width / heads;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
