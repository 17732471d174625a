package igpt.probe;

import igpt.optim.SoftmaxRegression.Fit;
import igpt.train.Classification;
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
        return (double) Classification.right(Vote.ofEach(predicted, seed, 0), labels, 0) / labels.length;
    }

    /** Mean −log p of the labels over images and masks, in nats. */
    public double loss(Fit fit) {
        double sum = 0;
        for (var rows : masks) {
            sum += fit.loss(rows.values(), rows.count(), rows.labels());
        }
        return sum / masks.size();
    }
}
