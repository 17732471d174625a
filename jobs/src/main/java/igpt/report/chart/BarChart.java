package igpt.report.chart;

import igpt.console.Printable;
import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;

/**
 * Groups of bars, each with its error.
 *
 * @param groups what stands on the horizontal axis
 * @param values what the bars' heights are, with the unit
 */
public record BarChart(String groups, String values, List<Bar> bars) implements Drawing {

    /** @param kind by which it has its colour, in every group the same */
    public record Bar(String group, String kind, double value, double error) {
        public Bar {
            group = Printable.of(group);
            kind = Printable.of(kind);
        }
    }

    public BarChart {
        bars = List.copyOf(bars);
    }

    @Override
    public Dimension wide() {
        return new Dimension(720, 320);
    }

    @Override
    public Dimension narrow() {
        return new Dimension(360, 320);
    }

    @Override
    public void draw(Graphics2D graphics, int width, int height) {
        var data = new DefaultStatisticalCategoryDataset();
        bars.forEach(bar -> data.add(bar.value(), bar.error(), bar.kind(), bar.group()));
        var renderer = new StatisticalBarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        renderer.setItemMargin(0.04);
        renderer.setMaximumBarWidth(0.12);
        renderer.setErrorIndicatorPaint(Ink.TEXT.light());
        renderer.setErrorIndicatorStroke(new BasicStroke(1.3f));
        for (int i = 0; i < data.getRowCount(); i++) {
            renderer.setSeriesPaint(i, Ink.ofSeries(i).light());
        }
        var categories = new CategoryAxis(groups);
        Style.axis(categories);
        categories.setCategoryLabelPositions(CategoryLabelPositions.STANDARD);
        categories.setMaximumCategoryLabelLines(2);
        var heights = Axes.of(new Axis(values, Axis.Scale.FROM_ZERO), List.of());

        var plot = new CategoryPlot(data, categories, heights, renderer);
        plot.setRangeGridlinePaint(Ink.GRID.light());
        plot.setRangeGridlineStroke(Style.GRID);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        Style.chart(plot, data.getRowCount() > 1).draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    }
}
