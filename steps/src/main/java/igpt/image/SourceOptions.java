package igpt.image;

/**
 * What a source is told that its files do not tell.
 *
 * @param seed of all that is drawn
 * @param trainImages how many to draw for training
 * @param testImages how many more for testing
 * @param labels of CIFAR-100, or none of a folder
 * @param fold of STL-10's ten: the training images are only its; -1: all are
 * @param dctScaling whether JPEGs much larger than what is read of them are decoded at a fraction of their size
 */
public record SourceOptions(long seed, int trainImages, int testImages, Labels labels, int fold, boolean dctScaling) {
    public static final SourceOptions DEFAULT = new SourceOptions(0, 4000, 1000, Labels.FINE, -1, false);

    public SourceOptions {
        if (trainImages < 1 || testImages < 0) {
            throw new IllegalArgumentException(trainImages + " training and " + testImages + " test images");
        }
    }

    SourceOptions with(Labels other) {
        return new SourceOptions(seed, trainImages, testImages, other, fold, dctScaling);
    }

    SourceOptions withFold(int other) {
        return new SourceOptions(seed, trainImages, testImages, labels, other, dctScaling);
    }

    public SourceOptions withDctScaling() {
        return new SourceOptions(seed, trainImages, testImages, labels, fold, true);
    }
}
