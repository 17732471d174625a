package igpt.train;

import igpt.graph.Network;

/** The loss over many images. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * Sum of the loss over rows {@code from} to {@code to}, in nats a pixel each; added up in their order.
     *
     * @param masks BERT is evaluated on masked images, as it is trained
     */
    public static double sum(Network network, Tokens tokens, Masks masks, long from, long to) {
        int b = network.batch();
        double sum = 0;
        for (long first = from; first < to; first += b) {
            float[] nats = network.evaluate(tokens.sequences(first, to, b, masks, 0));
            for (int row = 0; row < b && first + row < to; row++) {
                sum += nats[row];
            }
        }
        return sum;
    }
}
