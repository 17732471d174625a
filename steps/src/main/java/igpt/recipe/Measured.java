package igpt.recipe;

import java.util.Locale;

/**
 * A number of ours that can be compared with the paper's.
 *
 * @param table of the paper: {@code table 1}
 * @param key by which a published number finds it: experiment/dataset/objective
 * @param row what it is called: {@code cifar10 nano probe AR}
 * @param run that made it
 */
public record Measured(String table, String key, String row, String metric, double value, long run) {
    public static final String ACCURACY = "accuracy";

    public static String key(String experiment, String dataset, String objective) {
        return experiment + "/" + source(dataset) + "/" + objective.toLowerCase(Locale.ROOT);
    }

    /** The images that a dataset's name says it is of: stl10-fold3 are stl10. */
    public static String source(String dataset) {
        return dataset.toLowerCase(Locale.ROOT).replaceFirst("-.*", "");
    }
}
