package igpt.recipe;

import java.util.Locale;

/**
 * One of our numbers, to be compared with the paper's.
 *
 * @param table of the paper: {@code table 1}
 * @param key by which a published number finds it: {@code experiment/dataset/objective}
 * @param row what it is called: {@code cifar10 nano probe AR}
 * @param run that made it
 */
public record Measurement(String table, String key, String row, String metric, double value, long run) {
    public static final String ACCURACY = "accuracy";

    public static String key(String experiment, String dataset, String objective) {
        return experiment + "/" + source(dataset) + "/" + objective.toLowerCase(Locale.ROOT);
    }

    /** The source of the images, from a dataset's name: {@code stl10} of {@code stl10-fold3}. */
    public static String source(String dataset) {
        return dataset.toLowerCase(Locale.ROOT).replaceFirst("-.*", "");
    }
}
