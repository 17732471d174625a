package igpt.train;

/** The training order: batch i depends on the seed and i alone. Every epoch visits every image once, in a new order. */
public final class Batches {
    private final Tokens tokens;
    private final int batch;
    private final long seed;

    public Batches(Tokens tokens, int batch, long seed) {
        this.tokens = tokens;
        this.batch = batch;
        this.seed = seed;
    }

    /** Fills {@code into}, [b, s] row-major, with the tokens of iteration {@code i}. */
    public void fill(long i, int[] into) {
        long at = i * batch;
        long epoch = -1;
        Permutation order = null;
        for (int row = 0; row < batch; row++, at++) {
            if (order == null || at / tokens.rows() != epoch) {
                epoch = at / tokens.rows();
                order = new Permutation(tokens.rows(), seed, epoch);
            }
            tokens.copy(order.at(at % tokens.rows()), into, row * tokens.positions());
        }
    }
}
