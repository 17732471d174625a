package igpt.report;

import org.jspecify.annotations.Nullable;

/**
 * A number of the report. Accuracies, errors and their standard deviations are per cent.
 *
 * @param table {@code table 1} to {@code table 4}, {@code figure 2} to {@code figure 4}
 * @param row what was measured, on which images; a number of ours is named after its model
 * @param ours null in a published row
 * @param published null in a row of ours
 * @param run that measured ours
 * @param missing whether ours could stand below this published number, and was not run
 */
public record ReportRow(
        String table,
        String row,
        String metric,
        @Nullable Double ours,
        @Nullable Double published,
        @Nullable Long run,
        boolean missing) {}
