package igpt.train;

import igpt.random.Permutation;

/**
 * The training order: batch i depends on the seed and i alone. Every epoch visits every image once, in a new order.
 *
 * @param labels of all rows; empty if nothing is classified
 * @param batch images an iteration
 * @param masks BERT's
 */
public record Batches(Tokens tokens, int[] labels, int batch, long seed, Masks masks, Augmentation augmentation) {

    /** Fills in the batch of iteration {@code i}. */
    public void fill(long i, Batch into) {
        long at = i * batch;
        long epoch = -1;
        Permutation order = null;
        for (int row = 0; row < batch; row++, at++) {
            if (order == null || at / tokens.rows() != epoch) {
                epoch = at / tokens.rows();
                order = new Permutation(tokens.rows(), seed, epoch);
            }
            long image = order.at(at % tokens.rows());
            tokens.copy(image, into.tokens(), row * tokens.positions());
            augmentation.apply(seed, at, into.tokens(), row * tokens.positions(), tokens.grid());
            if (labels.length > 0) {
                into.labels()[row] = labels[(int) image];
            }
        }
        masks.ofIteration(i, into.seen());
    }
}
