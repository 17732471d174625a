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
import igpt.schema.artifact.Artifact;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a training went, over its iterations: a panel of each thing that has a unit of its own. */
final class TrainingFigure {
    /** More marks than that hide the line. */
    private static final int MARKS = 40;

    private final CurveSource curves;
    private final Artifact artifact;

    private TrainingFigure(CurveSource curves, Artifact artifact) {
        this.curves = curves;
        this.artifact = artifact;
    }

    /** Empty of what was not trained, or has not begun to be. */
    static Optional<Figure> of(CurveSource curves, Artifact artifact) {
        return new TrainingFigure(curves, artifact).figure();
    }

    private Optional<Figure> figure() {
        var panels = Stream.of(
                        panel(
                                new Axis("loss, nats a pixel", Scale.LINEAR),
                                3,
                                series("training batches", Ink.BLUE, "train_nats", 1),
                                series("validation images", Ink.VERMILION, "validation_nats", 1)),
                        panel(
                                new Axis("class loss, nats", Scale.LINEAR),
                                2,
                                series("classification of training batches", Ink.GREEN, "classification_nats", 1)),
                        panel(
                                new Axis("accuracy, %", Scale.LINEAR),
                                2,
                                series("validation accuracy", Ink.VERMILION, "validation_accuracy", 100)),
                        panel(
                                new Axis("learning rate", Scale.FROM_ZERO),
                                1,
                                series("learning rate", Ink.PURPLE, "learning_rate", 1)))
                .filter(panel -> !panel.series().isEmpty())
                .toList();
        if (panels.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Figure(
                "training-" + artifact.id(),
                "Training of %s %s, run %d".formatted(artifact.kind().word(), artifact.name(), artifact.run()),
                caption(panels),
                Words.lines(panels.stream()
                        .flatMap(panel -> panel.series().stream())
                        .toList()),
                new LineChart(new Axis("iteration", Scale.WHOLE), panels)));
    }

    private static String caption(List<Panel> panels) {
        boolean classifier = panels.stream().anyMatch(panel -> panel.y().name().startsWith("accuracy"));
        return classifier
                ? "Model and classifier learn together: the loss is how badly a pixel is predicted, the class loss how badly"
                        + " the class is. Training keeps the weights of the best accuracy on validation images, and stops"
                        + " when it no longer rises."
                : "The loss is how badly the network predicts a pixel: lower is better. On training batches it jumps, since"
                        + " each has other images; on validation images, from which it never learns, it shows whether"
                        + " the network still gets better. A run that was stopped and resumed has one line, too.";
    }

    @SafeVarargs
    private static Panel panel(Axis axis, int weight, Optional<Series>... series) {
        return new Panel(axis, Stream.of(series).flatMap(Optional::stream).toList(), weight);
    }

    /** By iteration; empty if nothing was recorded. */
    private Optional<Series> series(String name, Ink ink, String metric, double scale) {
        var points = curves.points(artifact, metric).stream()
                .map(one -> Point.of(one.x(), scale * one.y()))
                .toList();
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(new Series(name, ink, points.size() > MARKS ? Style.CURVE : Style.MARKED, points));
    }
}
