package igpt.report.chart;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Lines over one horizontal axis. */
public record LineChart(Axis x, List<Panel> panels) implements Drawing {
    private static final int A_PANEL = 240; // pixels high
    private static final int AXES = 80;
    private static final double CAP = 6;

    public LineChart {
        panels = List.copyOf(panels);
    }

    @Override
    public Dimension wide() {
        return new Dimension(720, height());
    }

    @Override
    public Dimension narrow() {
        return new Dimension(360, height());
    }

    private int height() {
        int first = panels.get(0).weight();
        return AXES
                + panels.stream()
                        .mapToInt(panel -> A_PANEL * panel.weight() / first)
                        .sum();
    }

    @Override
    public void draw(Graphics2D graphics, int width, int height) {
        var plot = new CombinedDomainXYPlot(Axes.of(x, values()));
        plot.setGap(14);
        for (var panel : panels) {
            plot.add(plot(panel), panel.weight());
        }
        Style.chart(plot, panels.stream().anyMatch(panel -> panel.series().size() > 1))
                .draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    }

    /** Where points are, from left to right. */
    private List<Double> values() {
        return panels.stream()
                .flatMap(panel -> panel.series().stream())
                .flatMap(series -> series.points().stream())
                .map(Point::x)
                .distinct()
                .sorted()
                .toList();
    }

    private static XYPlot plot(Panel panel) {
        var plot = new XYPlot(null, null, Axes.of(panel.y(), List.of()), null);
        plot.setDataset(0, lines(panel));
        plot.setRenderer(0, lineRenderer(panel));
        plot.setDataset(1, errors(panel));
        plot.setRenderer(1, errorRenderer(panel));
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(Ink.GRID.light());
        plot.setRangeGridlineStroke(Style.GRID);
        plot.setRangeZeroBaselineVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        return plot;
    }

    private static XYSeriesCollection lines(Panel panel) {
        var data = new XYSeriesCollection();
        for (var series : panel.series()) {
            var line = new XYSeries(series.name(), false);
            Thinning.of(series.points()).forEach(point -> line.add(point.x(), point.y()));
            data.addSeries(line);
        }
        return data;
    }

    private static XYLineAndShapeRenderer lineRenderer(Panel panel) {
        var renderer = new XYLineAndShapeRenderer();
        renderer.setDrawSeriesLineAsPath(true);
        int marks = 0;
        for (int i = 0; i < panel.series().size(); i++) {
            var series = panel.series().get(i);
            boolean marked = series.style() == Series.Style.MARKED;
            renderer.setSeriesPaint(i, series.ink().light());
            renderer.setSeriesLinesVisible(i, true);
            renderer.setSeriesShapesVisible(i, marked);
            renderer.setSeriesShape(i, Style.mark(marked ? marks++ : 0));
            renderer.setSeriesStroke(
                    i,
                    switch (series.style()) {
                        case MARKED -> Style.LINE;
                        case CURVE -> Style.CURVE;
                        case REFERENCE -> Style.DASHES;
                    });
            if (series.points().stream().anyMatch(point -> !point.label().isEmpty())) {
                renderer.setSeriesItemLabelsVisible(i, true);
                renderer.setSeriesItemLabelGenerator(
                        i, (all, s, item) -> series.points().get(item).label());
            }
        }
        renderer.setDefaultItemLabelFont(Style.SMALL);
        renderer.setDefaultItemLabelPaint(Ink.MUTED.light());
        renderer.setDefaultPositiveItemLabelPosition(
                new ItemLabelPosition(ItemLabelAnchor.OUTSIDE4, TextAnchor.TOP_LEFT));
        return renderer;
    }

    /** Of the points that have one: a bar of no length would be drawn all the same. */
    private static YIntervalSeriesCollection errors(Panel panel) {
        var data = new YIntervalSeriesCollection();
        for (var series : panel.series()) {
            var bars = new YIntervalSeries(series.name());
            series.points().stream()
                    .filter(point -> point.error() > 0)
                    .forEach(point ->
                            bars.add(point.x(), point.y(), point.y() - point.error(), point.y() + point.error()));
            data.addSeries(bars);
        }
        return data;
    }

    private static XYErrorRenderer errorRenderer(Panel panel) {
        var renderer = new XYErrorRenderer();
        renderer.setDrawXError(false);
        renderer.setCapLength(CAP);
        renderer.setErrorStroke(Style.ERROR);
        renderer.setDefaultShapesVisible(false);
        renderer.setDefaultSeriesVisibleInLegend(false);
        for (int i = 0; i < panel.series().size(); i++) {
            renderer.setSeriesPaint(i, panel.series().get(i).ink().light());
        }
        return renderer;
    }
}
