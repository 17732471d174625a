package igpt.image;

import igpt.image.decode.Decoding;

/**
 * What a source is told that its files do not tell.
 *
 * @param seed of all that is drawn
 * @param trainImages how many to draw for training
 * @param testImages how many more for testing
 * @param labels of CIFAR-100, or none of a folder
 * @param fold of STL-10's ten: the training images are only its; -1: all are
 * @param decoding of pictures in files of their own
 */
public record SourceOptions(long seed, int trainImages, int testImages, Labels labels, int fold, Decoding decoding) {
    public static final SourceOptions DEFAULT = new SourceOptions(0, 4000, 1000, Labels.FINE, -1, Decoding.DEFAULT);

    public SourceOptions {
        if (trainImages < 1 || testImages < 0) {
            throw new IllegalArgumentException(trainImages + " training and " + testImages + " test images");
        }
    }

    public SourceOptions with(Labels other) {
        return new SourceOptions(seed, trainImages, testImages, other, fold, decoding);
    }

    public SourceOptions withFold(int other) {
        return new SourceOptions(seed, trainImages, testImages, labels, other, decoding);
    }

    public SourceOptions with(Decoding other) {
        return new SourceOptions(seed, trainImages, testImages, labels, fold, other);
    }

    public SourceOptions withDctScaling() {
        return with(decoding.withDctScaling());
    }
}
