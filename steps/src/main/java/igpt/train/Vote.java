package igpt.train;

import igpt.random.Keyed;
import java.util.Arrays;

/** BERT classifies an image several times, each time with another mask; the most frequent class wins. */
public final class Vote {
    private Vote() {}

    /**
     * Of each image.
     *
     * @param predictions by mask, the classes of the images from row {@code from} on
     */
    public static int[] ofEach(int[][] predictions, long seed, long from) {
        int[] votes = new int[predictions[0].length];
        int[] ofImage = new int[predictions.length];
        for (int image = 0; image < votes.length; image++) {
            for (int mask = 0; mask < ofImage.length; mask++) {
                ofImage[mask] = predictions[mask][image];
            }
            votes[image] = of(ofImage, seed, from + image);
        }
        return votes;
    }

    /**
     * The modal prediction; of those equally frequent one at random.
     *
     * @param predictions classes, one a mask
     * @param image its row in the split: with the seed it decides ties
     */
    public static int of(int[] predictions, long seed, long image) {
        int[] counts = new int[Arrays.stream(predictions).max().orElseThrow() + 1];
        for (int predicted : predictions) {
            counts[predicted]++;
        }
        int most = Arrays.stream(counts).max().orElseThrow();
        int ties = (int) Arrays.stream(counts).filter(count -> count == most).count();
        int chosen = ties == 1 ? 0 : Keyed.random(seed, Keyed.TIE, image).nextInt(ties);
        int at = -1;
        do {
            at++;
            chosen -= counts[at] == most ? 1 : 0;
        } while (chosen >= 0);
        return at;
    }
}
