package igpt.report;

import org.jspecify.annotations.Nullable;

/**
 * A number of the report. Accuracies, errors and their standard deviations are per cent.
 *
 * @param table {@code table 1} to {@code table 4}, {@code figure 2} to {@code figure 4}
 * @param ours null where it was not run, or is nothing that could be
 * @param published null where the paper prints none
 * @param run that measured ours
 * @param ofOurs whether there is a measurement of ours for this row, run or not
 */
public record ReportRow(
        String table,
        String row,
        String metric,
        @Nullable Double ours,
        @Nullable Double published,
        @Nullable Long run,
        boolean ofOurs) {}
