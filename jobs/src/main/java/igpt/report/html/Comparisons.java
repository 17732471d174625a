package igpt.report.html;

import igpt.report.Report;
import igpt.report.ReportRow;
import igpt.report.figure.Words;
import igpt.report.html.Block.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the paper's tables: ours first, then the paper's own numbers of the same images. */
final class Comparisons {
    private Comparisons() {}

    static Block of(Report report, String table) {
        var ours = report.of(table).filter(ReportRow::isOurs).toList();
        var theirs = report.of(table).filter(ReportRow::comparable).toList();
        var columns = new ArrayList<>(List.of("result", "measure", "%", "images", "run"));
        if (!theirs.isEmpty()) {
            columns.add("published, %");
        }
        var grid = Grids.of(columns);
        for (var row : Stream.of(ours, theirs).flatMap(List::stream).toList()) {
            if (row.isDeviation()) {
                continue; // stands with its number
            }
            var cells = new ArrayList<@Nullable Object>(List.of(row.row(), row.metric()));
            cells.add(cell(row.ours(), row.images(), report.deviationOf(row)));
            cells.addAll(Arrays.asList(row.images(), row.run()));
            if (!theirs.isEmpty()) {
                cells.add(cell(row.published(), null, report.deviationOf(row)));
            }
            grid.row(cells);
        }
        var title = Report.title(table);
        return grid.captioned(Character.toUpperCase(title.charAt(0))
                + title.substring(1)
                + (table.equals("table 4")
                        ? "; ± standard deviation over random subsets of the labels"
                        : "; ± standard error"));
    }

    private static Cell cell(@Nullable Double percent, @Nullable Long images, Optional<Double> deviation) {
        if (percent == null) {
            return new Cell("", true);
        }
        var shown = images == null ? Words.hundredths(percent) : Words.accuracy(percent, images);
        return new Cell(
                shown + deviation.map(sd -> " ± " + Words.hundredths(sd)).orElse(""), true);
    }
}
