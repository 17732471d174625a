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
import igpt.schema.artifact.study.SweepTrial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What each learning rate came to. */
final class SweepFigure {
    private SweepFigure() {}

    /** Empty unless two rates came to anything. */
    static Optional<Figure> of(Results results) {
        boolean losses = results.trials().stream().anyMatch(trial -> trial.validationNats() != null);
        var points = new ArrayList<Point>();
        results.trials().stream()
                .sorted(Comparator.comparingDouble(SweepTrial::learningRate))
                .forEach(trial -> {
                    var value = value(trial, losses);
                    if (value != null) {
                        points.add(new Point(trial.learningRate(), value, 0, trial.winner() ? "winner" : ""));
                    }
                });
        if (points.size() < 2) {
            return Optional.empty();
        }
        var measure = losses ? "final validation loss, nats a pixel" : "validation accuracy, %";
        var series = List.of(new Series(measure, Ink.BLUE, Style.MARKED, points));
        return Optional.of(new Figure(
                "learning-rates",
                "Learning rates tried",
                "Each point is a training of its own, from the largest rate down, until the result turned for the worse. A"
                        + " rate at which training diverged has no point.",
                measure + " against learning rate. " + Words.lines(series),
                new LineChart(
                        new Axis("learning rate", Scale.LOGARITHMIC),
                        List.of(Panel.of(new Axis(measure, Scale.LINEAR), series)))));
    }

    private static @Nullable Double value(SweepTrial trial, boolean loss) {
        if (loss) {
            return trial.validationNats();
        }
        return trial.validationAccuracy() == null ? null : (Double) (100 * trial.validationAccuracy());
    }
}
