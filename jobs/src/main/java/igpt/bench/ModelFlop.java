package igpt.bench;

import igpt.model.ModelConfig;

/**
 * The arithmetic of a training iteration that cannot be left out.
 *
 * <p>With d the width, L the layers, n the positions and v the colours, the forward pass multiplies each position with
 * 12 d² L + d v weights (attention's four projections, the MLP's two of 4 d², the logits), and compares it with the k
 * positions that it sees: d k multiply-adds for the scores, d k for the values. Causal attention needs half of all,
 * k = (n + 1) / 2; a BERT all n. A multiply-add counts as two, and the backward pass takes as much for the gradients by
 * the activations, and once more by the weights. Norms, softmax, embeddings and Adam are not counted, nor is what is
 * computed twice or only to be masked: it is time, but no use.
 */
final class ModelFlop {
    private static final int FORWARD_AND_BACKWARD = 3;
    private static final int MULTIPLY_ADD = 2;

    private ModelFlop() {}

    static double ofIteration(ModelConfig config, int batch) {
        double d = config.width();
        double n = config.positions();
        double seen = config.causal() ? (n + 1) / 2 : n;
        double byPosition = config.layers() * (12 * d * d + 2 * d * seen) + d * config.colours();
        return FORWARD_AND_BACKWARD * MULTIPLY_ADD * byPosition * n * batch;
    }
}
