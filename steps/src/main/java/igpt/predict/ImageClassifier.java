package igpt.predict;

import igpt.model.Tap;
import igpt.optim.SoftmaxRegression.Fit;
import igpt.predict.Predictor.Between;
import igpt.train.Vote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Classifies images: by the head that a network was fine-tuned with, or by a linear probe on one of its layers. A BERT looks
 * at each image under several masks, which vote.
 *
 * @param classes their names, by label
 * @param probe null: the network's own head
 * @param masks of each image; 1 for an auto-regressive model, which has none
 * @param seed decides ties of a vote
 */
public record ImageClassifier(Predictor predictor, List<String> classes, @Nullable Linear probe, int masks, long seed) {
    /** Images have so many likeliest classes at most. */
    public static final int BEST = 5;

    public ImageClassifier {
        classes = List.copyOf(classes);
    }

    /** A linear classifier on one layer. */
    public record Linear(Fit fit, int layer, Tap tap) {}

    /**
     * What an image is taken for.
     *
     * @param predicted the label
     * @param probabilities of each label, 0 to 1; the mean over the masks
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on: never compared
    public record Answer(int predicted, double[] probabilities) {
        /** The likeliest labels, at most so many: the predicted one, then by probability. */
        public List<Integer> best(int most) {
            var others = IntStream.range(0, probabilities.length)
                    .filter(label -> label != predicted)
                    .boxed()
                    .sorted(Comparator.comparingDouble(label -> -probabilities[label]))
                    .limit(most - 1L)
                    .toList();
            var best = new ArrayList<>(List.of(predicted));
            best.addAll(others);
            return best;
        }
    }

    /** In the images' order. */
    public <X extends Exception> List<Answer> classify(List<Shown> images, Between<X> between) throws X {
        int[][] predicted = new int[masks][images.size()];
        double[][] probabilities = new double[images.size()][classes.size()];
        for (int mask = 0; mask < masks; mask++) {
            double[][] logits = logits(images, mask, between);
            for (int i = 0; i < logits.length; i++) {
                predicted[mask][i] = largest(logits[i]);
                addSoftmax(logits[i], probabilities[i], masks);
            }
        }
        var answers = new ArrayList<Answer>();
        int[] ofImage = new int[masks];
        for (int i = 0; i < images.size(); i++) {
            for (int mask = 0; mask < masks; mask++) {
                ofImage[mask] = predicted[mask][i];
            }
            answers.add(new Answer(Vote.of(ofImage, seed, images.get(i).row()), probabilities[i]));
        }
        return answers;
    }

    private <X extends Exception> double[][] logits(List<Shown> images, int mask, Between<X> between) throws X {
        if (probe == null) {
            return predictor.logits(images, mask, between);
        }
        float[][] features = predictor.features(images, probe.tap(), mask, between);
        return probe.fit().logits(features[probe.layer()], images.size());
    }

    /** The first wins ties, as where a classifier is tested. */
    private static int largest(double[] logits) {
        int best = 0;
        for (int k = 1; k < logits.length; k++) {
            best = logits[k] > logits[best] ? k : best;
        }
        return best;
    }

    private static void addSoftmax(double[] logits, double[] sums, int shares) {
        double most = logits[largest(logits)];
        double total = 0;
        for (double logit : logits) {
            total += Math.exp(logit - most);
        }
        for (int k = 0; k < logits.length; k++) {
            sums[k] += Math.exp(logits[k] - most) / total / shares;
        }
    }
}
