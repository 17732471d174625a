package igpt.train;

import igpt.random.Keyed;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What BERT does not see: each position is hidden with the same probability (section 2.2 of the paper). A mask follows
 * from the seed and what it is for.
 *
 * @param rate probability of a position to be hidden; the paper's is 0.15; with 0 nothing is
 */
public record Masks(double rate, long seed) {

    /** What is seen in iteration {@code i}: {@code seen}, [b, s], becomes 1, or 0 where a position is hidden. */
    public void ofIteration(long i, float[] seen) {
        draw(Keyed.random(seed, Keyed.TRAINING_MASK, i), seen, 0, seen.length);
    }

    /**
     * What is seen of an image that is evaluated; {@code draw} counts its masks. Fills {@code seen[at]} and on. At least
     * one position is hidden, or there is nothing to predict.
     *
     * @param image its row in the split
     */
    public void ofImage(long image, int draw, float[] seen, int at, int positions) {
        SplittableRandom random = Keyed.random(seed, Keyed.IMAGE_MASK, draw, image);
        draw(random, seen, at, positions);
        if (rate > 0 && IntStream.range(at, at + positions).allMatch(i -> seen[i] == 1)) {
            seen[at + random.nextInt(positions)] = 0;
        }
    }

    private void draw(SplittableRandom random, float[] seen, int from, int count) {
        if (rate == 0) {
            Arrays.fill(seen, from, from + count, 1);
            return;
        }
        for (int i = from; i < from + count; i++) {
            seen[i] = random.nextDouble() < rate ? 0 : 1;
        }
    }
}
