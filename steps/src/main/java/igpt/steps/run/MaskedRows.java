package igpt.steps.run;

import igpt.optim.SoftmaxRegression.Fit;
import igpt.train.Vote;
import java.util.List;

/**
 * The same images under several masks, one after the other; one where the model sees them whole.
 *
 * @param seed with the image's row it decides ties
 */
public record MaskedRows(List<FeatureRows.Rows> masks, long seed) {
    /** Under the first mask. */
    public FeatureRows.Rows first() {
        return masks.get(0);
    }

    public boolean several() {
        return masks.size() > 1;
    }

    /** The share of images whose modal prediction is their label, 0 to 1; ties at random. */
    public double accuracy(Fit fit) {
        int[] labels = first().labels();
        int[][] predicted = new int[masks.size()][];
        for (int mask = 0; mask < predicted.length; mask++) {
            predicted[mask] = fit.predict(masks.get(mask).values(), labels.length);
        }
        int[] votes = new int[predicted.length];
        int right = 0;
        for (int image = 0; image < labels.length; image++) {
            for (int mask = 0; mask < votes.length; mask++) {
                votes[mask] = predicted[mask][image];
            }
            right += Vote.of(votes, seed, image) == labels[image] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    /** Mean −log p of the labels over images and masks, in nats. */
    public double loss(Fit fit) {
        double sum = 0;
        for (FeatureRows.Rows rows : masks) {
            sum += fit.loss(rows.values(), rows.count(), rows.labels());
        }
        return sum / masks.size();
    }
}
