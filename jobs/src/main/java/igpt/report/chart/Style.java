package igpt.report.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** How JFreeChart's charts look here. */
final class Style {
    static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font SMALL = FONT.deriveFont(11f);
    static final BasicStroke GRID = new BasicStroke(1f);
    static final BasicStroke LINE = new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke CURVE = new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHES =
            new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 4}, 0);
    static final BasicStroke ERROR = new BasicStroke(1.3f);

    private static final float HALF = 4;

    private Style() {}

    /** Another shape for each, since not everybody tells their colours apart. */
    static Shape mark(int number) {
        return switch (number % 4) {
            case 0 -> new Ellipse2D.Float(-HALF, -HALF, 2 * HALF, 2 * HALF);
            case 1 -> new Rectangle2D.Float(-HALF + 0.4f, -HALF + 0.4f, 2 * HALF - 0.8f, 2 * HALF - 0.8f);
            case 2 -> polygon(0, -HALF - 0.5f, HALF + 0.5f, HALF, -HALF - 0.5f, HALF);
            default -> polygon(0, -HALF - 1, HALF + 1, 0, 0, HALF + 1, -HALF - 1, 0);
        };
    }

    private static Shape polygon(float... corners) {
        var path = new Path2D.Float();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }

    static void axis(Axis axis) {
        axis.setLabelFont(FONT);
        axis.setTickLabelFont(SMALL);
        axis.setLabelPaint(Ink.TEXT.light());
        axis.setTickLabelPaint(Ink.MUTED.light());
        axis.setAxisLinePaint(Ink.MUTED.light());
        axis.setTickMarkPaint(Ink.MUTED.light());
        if (axis instanceof ValueAxis values) {
            values.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
        }
    }

    /** @param legend whether there is more than one thing to tell apart */
    static JFreeChart chart(Plot plot, boolean legend) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setInsets(new RectangleInsets(8, 4, 2, 12));
        var chart = new JFreeChart(null, FONT, plot, legend);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        chart.setAntiAlias(true);
        if (legend) {
            LegendTitle title = chart.getLegend();
            title.setPosition(RectangleEdge.TOP);
            title.setHorizontalAlignment(HorizontalAlignment.LEFT);
            title.setFrame(BlockBorder.NONE);
            title.setBackgroundPaint(null);
            title.setItemFont(FONT);
            title.setItemPaint(Ink.TEXT.light());
        }
        return chart;
    }
}
