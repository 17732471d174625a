package igpt.train;

import igpt.model.ModelConfig;

/**
 * What one iteration learns from; the arrays are filled again for each.
 *
 * @param tokens [b, s], row-major
 * @param seen [b, s]: 0 where BERT's mask hides the token, else 1; empty for an auto-regressive model
 * @param labels [b]
 */
public record Batch(int[] tokens, float[] seen, int[] labels) {

    public static Batch of(ModelConfig config, int batch) {
        int count = batch * config.positions();
        return new Batch(new int[count], new float[config.causal() ? 0 : count], new int[batch]);
    }
}
