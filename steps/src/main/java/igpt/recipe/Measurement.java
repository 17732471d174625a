package igpt.recipe;

import org.jspecify.annotations.Nullable;

/**
 * One of our numbers, to be compared with the paper's.
 *
 * @param table of the paper: {@code table 1}
 * @param imagesOf the published set whose images it was measured on, by which published numbers are compared with it; null
 *     of other images
 * @param row what it is called: {@code cifar10 nano probe AR}
 * @param value per cent, or nats a pixel
 * @param images that it is a share of; null of what is no share of images
 * @param run that made it
 */
public record Measurement(
        String table,
        @Nullable String imagesOf,
        String row,
        String metric,
        double value,
        @Nullable Long images,
        long run) {
    public static final String ACCURACY = "accuracy";
}
