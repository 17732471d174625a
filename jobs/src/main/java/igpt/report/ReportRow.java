package igpt.report;

import igpt.recipe.StandardError;
import org.jspecify.annotations.Nullable;

/**
 * A number of the report. Accuracies, errors and their standard deviations are per cent.
 *
 * @param table {@code table 1} to {@code table 4}, {@code figure 2} to {@code figure 4}
 * @param row what was measured, on which images; a number of ours is named after its model
 * @param ours null in a published row
 * @param published null in a row of ours
 * @param run that measured ours
 * @param images that ours is a share of; null of what is no share of images
 * @param comparable in a published row whether it is the paper's own, of images that we have a number of, too
 */
public record ReportRow(
        String table,
        String row,
        String metric,
        @Nullable Double ours,
        @Nullable Double published,
        @Nullable Long run,
        @Nullable Long images,
        boolean comparable) {

    public boolean isOurs() {
        return ours != null;
    }

    /** Whether it is the standard deviation of the number before it, and stands in a row of its own for programs. */
    public boolean isDeviation() {
        return metric.equals("sd");
    }

    /** Per cent, of the images it is a share of; null of what is none. */
    public @Nullable Double standardError() {
        return ours == null || images == null || images == 0 ? null : StandardError.ofPercent(ours, images);
    }
}
