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
import igpt.schema.Counts;
import igpt.schema.artifact.classifier.TestedLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Figure 2: what a linear classifier makes of each layer. */
public final class LayerFigure {
    private LayerFigure() {}

    /** One of each dataset. */
    public static List<Figure> of(Results results) {
        return byDataset(results).entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The models that were trained to their end. */
    public static Map<String, List<Probed>> byDataset(Results results) {
        return results.probes().stream()
                .filter(Probed::isFinal)
                .collect(Collectors.groupingBy(
                        probed -> probed.layers().get(0).dataset(), LinkedHashMap::new, Collectors.toList()));
    }

    private static Figure of(String dataset, List<Probed> models) {
        var series = new ArrayList<Series>();
        int inks = 0;
        for (var model : models) {
            var whose = models.size() > 1 ? model.model() + ", " : "";
            for (var network : List.of("trained", "untrained")) {
                var points = points(model.of(network));
                if (!points.isEmpty()) {
                    var name = whose + (network.equals("trained") ? "pre-trained" : network);
                    series.add(new Series(name, Ink.ofSeries(inks++), Style.MARKED, points));
                }
            }
        }
        int last = models.stream()
                .flatMap(model -> model.layers().stream())
                .mapToInt(TestedLayer::layer)
                .max()
                .orElse(0);
        models.stream()
                .flatMap(model -> model.of("pixels").stream())
                .findFirst()
                .ifPresent(pixels -> {
                    series.add(reference("raw pixels", Ink.TEXT, pixels.accuracy(), error(pixels), last));
                });
        int classes = models.get(0).layers().get(0).classes();
        if (classes > 0) {
            series.add(reference("guessing", Ink.MUTED, 100.0 / classes, 0, last));
        }
        var best = models.get(0).best();
        return new Figure(
                id(dataset),
                "Accuracy by layer, " + dataset + " (Figure 2 of the paper)",
                ("A linear classifier was fitted to what each layer makes of an image, and tested on %s. Layer 0 is"
                                + " what enters the first block, layer %d what leaves the last. Bars reach one standard"
                                + " error up and down; where they overlap, the difference may be chance. Untrained is"
                                + " the same network at its random start; raw pixels is a classifier without a"
                                + " network.")
                        .formatted(Counts.of(best.images(), "image"), last),
                "Test accuracy in per cent against layer. " + Words.lines(series),
                new LineChart(
                        new Axis("layer", Scale.WHOLE),
                        List.of(Panel.of(new Axis("test accuracy, %", Scale.FROM_ZERO), series))));
    }

    private static String id(String dataset) {
        return "accuracy-by-layer-" + Ids.of(dataset);
    }

    private static List<Point> points(List<TestedLayer> layers) {
        return layers.stream()
                .map(layer -> new Point(layer.layer(), layer.accuracy(), error(layer), ""))
                .toList();
    }

    private static double error(TestedLayer layer) {
        return StandardError.ofPercent(layer.accuracy(), layer.images());
    }

    private static Series reference(String name, Ink ink, double percent, double error, int last) {
        return new Series(
                name,
                ink,
                Style.REFERENCE,
                List.of(new Point(0, percent, error, ""), new Point(last, percent, error, "")));
    }
}
