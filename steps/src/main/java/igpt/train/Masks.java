package igpt.train;

import igpt.random.Keyed;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * BERT's masks: each position is masked with the same probability (section 2.2 of the paper). A mask depends on the seed
 * and on what it is for, and on nothing else.
 *
 * @param rate the probability that a position is masked; 0.15 in the paper; with 0 none is
 */
public record Masks(double rate, long seed) {

    /** The masks of iteration {@code i}: sets {@code seen}, [b, s], to 0 where a position is masked and else to 1. */
    public void ofIteration(long i, float[] seen) {
        draw(Keyed.random(seed, Keyed.TRAINING_MASK, i), seen, 0, seen.length);
    }

    /**
     * A mask of an image that is evaluated. At least one position is masked, or there would be nothing to predict.
     *
     * @param image its row in the split
     * @param draw which of the image's masks, from 0
     * @param seen is filled from {@code at} on
     */
    public void ofImage(long image, int draw, float[] seen, int at, int positions) {
        var random = Keyed.random(seed, Keyed.IMAGE_MASK, draw, image);
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
