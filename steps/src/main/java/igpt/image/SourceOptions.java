package igpt.image;

/**
 * What a source that draws its images is told; files on a disk need none of it.
 *
 * @param seed of all that is drawn
 * @param trainImages how many to draw for training
 * @param testImages how many more for testing
 */
public record SourceOptions(long seed, int trainImages, int testImages) {
    public static final SourceOptions DEFAULT = new SourceOptions(0, 4000, 1000);

    public SourceOptions {
        if (trainImages < 1 || testImages < 0) {
            throw new IllegalArgumentException(trainImages + " training and " + testImages + " test images");
        }
    }
}
