package igpt.page.view;

import igpt.launch.JobCatalogue;
import igpt.launch.RunOutputs;
import igpt.report.Report;
import igpt.report.chart.Axis;
import igpt.report.chart.Axis.Scale;
import igpt.report.chart.Figure;
import igpt.report.chart.Ink;
import igpt.report.chart.LineChart;
import igpt.report.chart.Panel;
import igpt.report.chart.Series;
import igpt.report.figure.CurveSource;
import igpt.report.figure.Figures;
import igpt.report.figure.Results;
import igpt.report.figure.Words;
import igpt.report.html.Block.Cell;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.classifier.TestedLayer;
import igpt.schema.curve.Curve;
import igpt.schema.db.Database;
import igpt.schema.run.Parameter;
import igpt.schema.run.Run;
import igpt.schema.run.RunDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs side by side.
 *
 * @param inks of their lines, in their order
 * @param charts their curves over each other
 * @param parameters those that differ
 * @param results what they found out
 */
public record Comparison(
        List<Run> runs, List<String> inks, List<Chart> charts, List<Row> parameters, List<Row> results) {

    /** @param cells one a run */
    public record Row(String name, List<Cell> cells) {}

    /** What is asked of the database for it. */
    record Maker(JobCatalogue catalogue, RunOutputs outputs, Database database, List<Curve> curves) {

        Comparison of(List<RunDetails> runs) {
            var newest = runs.stream().map(RunDetails::newest).toList();
            var inks = new ArrayList<String>();
            for (int i = 0; i < runs.size(); i++) {
                inks.add(Ink.ofSeries(i).variable().substring(2));
            }
            return new Comparison(newest, inks, charts(runs, true), parameters(runs), results(runs));
        }

        private static List<Row> parameters(List<RunDetails> runs) {
            var byName = new TreeMap<String, List<@Nullable String>>();
            for (int i = 0; i < runs.size(); i++) {
                for (Parameter parameter : runs.get(i).parameters()) {
                    byName.computeIfAbsent(parameter.name(), name -> absent(runs.size()))
                            .set(i, parameter.value());
                }
            }
            var rows = new ArrayList<Row>();
            byName.forEach((name, values) -> {
                boolean differs = values.stream().anyMatch(value -> !Objects.equals(value, values.get(0)));
                if (differs && !name.startsWith("input.")) {
                    rows.add(new Row(
                            name, values.stream().map(value -> cell(value)).toList()));
                }
            });
            return rows;
        }

        private static <T> List<@Nullable T> absent(int size) {
            var absent = new ArrayList<@Nullable T>();
            for (int i = 0; i < size; i++) {
                absent.add(null);
            }
            return absent;
        }

        private static Cell cell(@Nullable String value) {
            return value == null
                    ? new Cell("–", false)
                    : new Cell(value.isEmpty() ? "(empty)" : value, isNumber(value));
        }

        private static boolean isNumber(String value) {
            return value.matches("-?[0-9.]+([eE]-?[0-9]+)?");
        }

        /** Lines of the same kind from each run, in that run's colour. */
        List<Chart> charts(List<RunDetails> runs, boolean drawn) {
            var panels = new LinkedHashMap<String, List<Series>>(); // by the axis and the line
            var axes = new LinkedHashMap<String, Axis>();
            for (int i = 0; i < runs.size(); i++) {
                for (var figure : trainings(runs.get(i))) {
                    for (var panel : ((LineChart) figure.drawing()).panels()) {
                        for (var series : panel.series()) {
                            var axis = panel.y().name();
                            var key = axis.equals(series.name()) ? axis : axis + ": " + series.name();
                            axes.put(key, new Axis(panel.y().name(), Scale.LINEAR));
                            var lines = panels.computeIfAbsent(key, name -> new ArrayList<>());
                            var name = "run " + runs.get(i).newest().run();
                            boolean second =
                                    lines.stream().anyMatch(line -> line.name().equals(name));
                            lines.add(new Series(
                                    second ? name + " (" + (lines.size() + 1) + ")" : name,
                                    Ink.ofSeries(i),
                                    series.style(),
                                    series.points()));
                        }
                    }
                }
            }
            var charts = new ArrayList<Chart>();
            panels.forEach((key, lines) -> {
                var chart = new LineChart(
                        new Axis("iteration", Scale.WHOLE),
                        List.of(Panel.of(Objects.requireNonNull(axes.get(key)), lines)));
                var title = Character.toUpperCase(key.charAt(0)) + key.substring(1);
                var figure = new Figure("compare-" + charts.size(), title, "", Words.lines(lines), chart);
                charts.add(Chart.of(figure, drawn));
            });
            return charts;
        }

        private List<Figure> trainings(RunDetails run) {
            var source = new KnownCurves(curves, CurveSource.of(database.jdbc()));
            return Figures.training(run.artifacts(), source).stream()
                    .filter(figure -> figure.drawing() instanceof LineChart)
                    .toList();
        }

        private List<Row> results(List<RunDetails> runs) {
            var rows = new LinkedHashMap<String, List<@Nullable String>>();
            for (int i = 0; i < runs.size(); i++) {
                int column = i;
                numbers(runs.get(i)).forEach((name, value) -> rows.computeIfAbsent(name, key -> absent(runs.size()))
                        .set(column, value));
            }
            return rows.entrySet().stream()
                    .map(row -> new Row(
                            row.getKey(),
                            row.getValue().stream().map(Maker::number).toList()))
                    .toList();
        }

        private static Cell number(@Nullable String value) {
            return new Cell(value == null ? "–" : value, true);
        }

        /** What a run found out, by what it is. */
        private Map<String, String> numbers(RunDetails run) {
            var numbers = new LinkedHashMap<String, String>();
            for (Artifact artifact : run.artifacts()) {
                for (Metric metric : new Metrics(database.jdbc()).newest(artifact.id())) {
                    numbers.put(
                            artifact.kind().word() + ": " + metric.name().replace('_', ' '),
                            Words.number(metric.value()));
                }
            }
            var made = outputs.of(run.newest().run(), database);
            for (var probed : Results.of(database.jdbc(), made).probes()) {
                probed.of("trained")
                        .forEach(layer ->
                                numbers.put("linear probe, layer %d, %%".formatted(layer.layer()), accuracy(layer)));
                var best = probed.best();
                numbers.put("linear probe, best layer (%)", accuracy(best) + " (layer " + best.layer() + ")");
                probed.of("untrained").stream()
                        .filter(TestedLayer::best)
                        .findFirst()
                        .ifPresent(layer -> numbers.put("the same network untrained, %", accuracy(layer)));
                probed.of("pixels").stream()
                        .findFirst()
                        .ifPresent(layer -> numbers.put("raw pixels, %", accuracy(layer)));
            }
            var report = Report.of(database.jdbc(), catalogue.recipes(), made);
            for (var table : report.tables()) {
                if (table.startsWith("figure")) {
                    continue; // the layers above
                }
                report.of(table)
                        .filter(row -> row.isOurs() && !row.isDeviation())
                        .forEach(row -> numbers.put(
                                Report.title(table) + ": " + row.row() + ", " + row.metric(),
                                Words.number(Objects.requireNonNull(row.ours()))));
            }
            return numbers;
        }
    }

    private static String accuracy(TestedLayer layer) {
        return Words.accuracy(layer.accuracy(), layer.images());
    }

    /** {@code run 3, run 5}. */
    public String words() {
        return runs.stream().map(run -> "run " + run.run()).collect(Collectors.joining(", "));
    }

    /** Where its charts are asked for. */
    public String address() {
        return "/compare/charts?" + runs.stream().map(run -> "run=" + run.run()).collect(Collectors.joining("&"));
    }

    public boolean live() {
        return runs.stream().anyMatch(Say::isLive);
    }
}
