package igpt.train;

import igpt.model.Network;

/** The loss over many images. */
public final class Evaluation {
    private Evaluation() {}

    /** Sum of −log p over rows {@code from} to {@code to}, in nats a pixel each; added up in their order. */
    public static double sum(Network network, Tokens tokens, long from, long to) {
        int b = network.batch();
        int s = tokens.positions();
        int[] batch = new int[b * s];
        double sum = 0;
        for (long first = from; first < to; first += b) {
            for (int row = 0; row < b; row++) { // the last batch is filled up with the last row
                tokens.copy(Math.min(first + row, to - 1), batch, row * s);
            }
            float[] nats = network.evaluate(batch);
            for (int row = 0; row < b && first + row < to; row++) {
                sum += nats[row];
            }
        }
        return sum;
    }
}
