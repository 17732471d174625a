package igpt.train;

import igpt.graph.Network;
import java.util.Objects;

/** The predictions of a network's head. */
public final class Classification {
    private Classification() {}

    /**
     * The likeliest class of each of the rows {@code from} to {@code to}; the first wins ties.
     *
     * @param masks BERT's
     * @param draw which of each image's masks
     */
    public static int[] predict(Network network, Tokens tokens, Masks masks, int draw, int from, int to) {
        var head = Objects.requireNonNull(network.head(), "a network without a head");
        int b = network.batch();
        int[] predicted = new int[to - from];
        for (int first = from; first < to; first += b) {
            float[] logits = network.classify(tokens.sequences(first, to, b, masks, draw)); // [b, K]
            for (int row = 0; row < b && first + row < to; row++) {
                predicted[first - from + row] = likeliest(logits, row * head.classes(), head.classes());
            }
        }
        return predicted;
    }

    /** How many of the predictions are the labels {@code from} and on. */
    public static int right(int[] predicted, int[] labels, int from) {
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == labels[from + i] ? 1 : 0;
        }
        return right;
    }

    private static int likeliest(float[] logits, int from, int classes) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
            best = logits[from + k] > logits[from + best] ? k : best;
        }
        return best;
    }
}
