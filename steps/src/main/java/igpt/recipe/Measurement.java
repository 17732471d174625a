package igpt.recipe;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of our numbers, to be compared with the paper's.
 *
 * @param table of the paper: {@code table 1}
 * @param dataset whose images it was measured on, by name
 * @param row what it is called: {@code cifar10 nano probe AR}
 * @param value per cent, or nats a pixel
 * @param images that it is a share of; null of what is no share of images
 * @param run that made it
 */
public record Measurement(
        String table, String dataset, String row, String metric, double value, @Nullable Long images, long run) {
    public static final String ACCURACY = "accuracy";

    /** Where the images come from: published numbers are compared with ours by this. */
    public String source() {
        return source(dataset);
    }

    /** The source of the images, from a dataset's name: {@code stl10} of {@code stl10-fold3}. */
    public static String source(String dataset) {
        return dataset.toLowerCase(Locale.ROOT).replaceFirst("-.*", "");
    }
}
