package igpt.page.view;

import igpt.report.chart.Figure;
import igpt.report.chart.Ink;
import igpt.report.chart.LineChart;
import igpt.report.chart.Panel;
import igpt.report.chart.Pictures;
import igpt.report.chart.Point;
import igpt.report.chart.Series;
import igpt.report.chart.Thinning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lines over one axis, drawn by the browser, with what it shows where it runs no script.
 *
 * @param id of the figure
 * @param drawings as SVG, for wide windows and for narrow ones
 */
public record Chart(
        String id, String title, String caption, String alternative, List<Plot> plots, String wide, String narrow) {

    /**
     * One field of it.
     *
     * @param x where any of its lines has a point
     * @param whole whether it is lines alone, and marks would hide them
     */
    public record Plot(String name, int weight, List<Double> x, List<Line> lines) {}

    /** @param y at each x; null where it has no point */
    public record Line(String label, String ink, boolean marked, List<@Nullable Double> y) {}

    /**
     * @param figure of a {@link LineChart}
     * @param drawn whether it may be looked at without scripts
     */
    static Chart of(Figure figure, boolean drawn) {
        var chart = (LineChart) figure.drawing();
        return new Chart(
                figure.id(),
                figure.title(),
                figure.caption(),
                figure.alternative(),
                plots(chart),
                drawn ? Drawings.plain(Pictures.inline(chart, chart.wide(), figure.id() + "-wide")) : "",
                drawn ? Drawings.plain(Pictures.inline(chart, chart.narrow(), figure.id() + "-narrow")) : "");
    }

    static List<Plot> plots(LineChart chart) {
        return chart.panels().stream().map(Chart::plot).toList();
    }

    private static Plot plot(Panel panel) {
        var thinned = new ArrayList<Map<Double, Double>>();
        var all = new TreeSet<Double>();
        for (var series : panel.series()) {
            var points = new HashMap<Double, Double>();
            for (Point point : Thinning.of(series.points())) {
                points.put(point.x(), point.y());
            }
            all.addAll(points.keySet());
            thinned.add(points);
        }
        var lines = new ArrayList<Line>();
        for (int i = 0; i < panel.series().size(); i++) {
            var series = panel.series().get(i);
            var points = thinned.get(i);
            var y = new ArrayList<@Nullable Double>();
            all.forEach(x -> y.add(points.get(x)));
            lines.add(new Line(series.name(), ink(series.ink()), series.style() == Series.Style.MARKED, y));
        }
        return new Plot(panel.y().name(), panel.weight(), List.copyOf(all), lines);
    }

    private static String ink(Ink ink) {
        return ink.variable();
    }
}
