package igpt.generate;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How a token is drawn, given a model's logits z: with probability softmax(z / temperature), of the likeliest tokens alone
 * if they are limited. Temperature 0 takes the likeliest, and of several that with the lowest number.
 *
 * @param temperature 1 draws from the model's own distribution, less makes likely tokens likelier
 * @param topK so many of the likeliest tokens; 0: all
 * @param topP the fewest of the likeliest tokens whose probabilities, at the temperature and among the top k, add up to that;
 *     1: all
 */
public record TokenSampler(double temperature, int topK, double topP) {
    /** Draws from the model's own distribution. */
    public static final TokenSampler EXACT = new TokenSampler(1, 0, 1);

    /**
     * A token.
     *
     * @param logits from {@code at} on, one a colour
     * @param uniform a random number, from 0 to below 1
     */
    public int draw(float[] logits, int at, int colours, double uniform) {
        int likeliest = likeliest(logits, at, colours);
        if (temperature == 0) {
            return likeliest;
        }
        double[] weights = new double[colours]; // the likeliest token's is 1
        for (int token = 0; token < colours; token++) {
            weights[token] = StrictMath.exp(((double) logits[at + token] - logits[at + likeliest]) / temperature);
        }
        limit(weights);
        double left = uniform * sum(weights);
        int last = likeliest;
        for (int token = 0; token < colours; token++) {
            if (weights[token] > 0) {
                left -= weights[token];
                if (left < 0) {
                    return token;
                }
                last = token;
            }
        }
        return last; // what rounding left over
    }

    private static int likeliest(float[] logits, int at, int colours) {
        int likeliest = 0;
        for (int token = 1; token < colours; token++) {
            if (logits[at + token] > logits[at + likeliest]) {
                likeliest = token;
            }
        }
        return likeliest;
    }

    /** Sets the weights of the tokens to 0 that are not among the likeliest. */
    private void limit(double[] weights) {
        boolean all = topK == 0 || topK >= weights.length;
        if (all && topP >= 1) {
            return;
        }
        int[] order = IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer token) -> -weights[token])) // stable: lower numbers first
                .mapToInt(Integer::intValue)
                .toArray();
        int keep = all ? order.length : topK;
        if (topP < 1) {
            double total = IntStream.range(0, keep)
                    .mapToDouble(rank -> weights[order[rank]])
                    .sum();
            double so = 0;
            int rank = 0;
            while (rank < keep && (rank == 0 || so < topP * total)) {
                so += weights[order[rank++]];
            }
            keep = rank;
        }
        for (int rank = keep; rank < order.length; rank++) {
            weights[order[rank]] = 0;
        }
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** −log p of a token under the model itself, whatever the temperature. */
    public static double nats(float[] logits, int at, int colours, int token) {
        double greatest = logits[at + likeliest(logits, at, colours)];
        double sum = 0;
        for (int other = 0; other < colours; other++) {
            sum += StrictMath.exp(logits[at + other] - greatest);
        }
        return greatest + StrictMath.log(sum) - logits[at + token];
    }
}
