package igpt.report.figure;

import igpt.report.chart.Axis;
import igpt.report.chart.Axis.Scale;
import igpt.report.chart.Figure;
import igpt.report.chart.Ink;
import igpt.report.chart.LineChart;
import igpt.report.chart.Panel;
import igpt.report.chart.Point;
import igpt.report.chart.Series;
import igpt.report.chart.Series.Style;
import igpt.schema.artifact.study.LowDataResults.FewLabels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Table 4 as a picture. */
final class FewLabelsFigure {
    private FewLabelsFigure() {}

    static Optional<Figure> of(Results results) {
        var byModel = results.fewLabels().stream()
                .collect(Collectors.groupingBy(
                        few -> few.model() + ", " + few.dataset(), LinkedHashMap::new, Collectors.toList()));
        var series = new ArrayList<Series>();
        byModel.forEach((name, few) -> {
            series.add(new Series(name, Ink.ofSeries(series.size()), Style.MARKED, points(few)));
        });
        if (series.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Figure(
                "few-labels",
                "Error with few labels (Table 4 of the paper)",
                "A linear classifier was fitted to the features of only so many labelled images of each class, several times"
                        + " on other images. Points are the mean error on all test images; bars reach one standard"
                        + " deviation between these fits up and down.",
                "Test error in per cent against labels a class. " + Words.lines(series),
                new LineChart(
                        new Axis("labels a class", Scale.LOGARITHMIC),
                        List.of(Panel.of(new Axis("test error, %", Scale.LINEAR), series)))));
    }

    private static List<Point> points(List<FewLabels> few) {
        return few.stream()
                .map(one -> new Point(one.labels(), one.error(), Objects.requireNonNullElse(one.sd(), 0.0), ""))
                .toList();
    }
}
