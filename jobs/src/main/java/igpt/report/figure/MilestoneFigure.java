package igpt.report.figure;

import igpt.recipe.StandardError;
import igpt.report.chart.Axis;
import igpt.report.chart.Axis.Scale;
import igpt.report.chart.Figure;
import igpt.report.chart.Ink;
import igpt.report.chart.LineChart;
import igpt.report.chart.Panel;
import igpt.report.chart.Point;
import igpt.report.chart.Series;
import igpt.report.chart.Series.Style;
import igpt.report.figure.Results.Probed;
import igpt.schema.artifact.classifier.TestedLayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Figure 3: what a lower loss is worth. */
final class MilestoneFigure {
    private MilestoneFigure() {}

    /** Empty unless at least two checkpoints of a model were probed. */
    static Optional<Figure> of(Results results) {
        var byModel = results.probes().stream()
                .map(Probed::best)
                .filter(best -> best.trained() && best.objective().equals("AR") && best.nats() != null)
                .collect(Collectors.groupingBy(
                        best -> best.model() + ", " + best.dataset(), LinkedHashMap::new, Collectors.toList()));
        var series = new ArrayList<Series>();
        byModel.forEach((name, points) -> {
            if (points.size() > 1) {
                series.add(new Series(name, Ink.ofSeries(series.size()), Style.MARKED, points(points)));
            }
        });
        if (series.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Figure(
                "loss-and-accuracy",
                "Validation loss and accuracy, by checkpoint (Figure 3 of the paper)",
                "Each point is a checkpoint, with its iteration next to it. Further right it predicts pixels better; further"
                        + " up a linear classifier on its best layer does better. A line that rises says that"
                        + " learning to predict pixels teaches something about what is in the picture. Bars reach one"
                        + " standard error up and down.",
                "Test accuracy in per cent against validation loss in nats a pixel. " + Words.lines(series),
                new LineChart(
                        new Axis("validation loss, nats a pixel (lower is further right)", Scale.FALLING),
                        List.of(Panel.of(new Axis("test accuracy of the best layer, %", Scale.LINEAR), series)))));
    }

    private static List<Point> points(List<TestedLayer> best) {
        return best.stream()
                .sorted(Comparator.comparingLong(TestedLayer::iteration))
                .map(layer -> new Point(
                        Objects.requireNonNull(layer.nats()),
                        layer.accuracy(),
                        StandardError.ofPercent(layer.accuracy(), layer.images()),
                        "%,d".formatted(layer.iteration())))
                .toList();
    }
}
