package igpt.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** JFreeChart's axes, as charts here have them. */
final class Axes {
    private Axes() {}

    /** @param values that a logarithmic axis has ticks at: others would be none that was measured */
    static ValueAxis of(Axis of, List<Double> values) {
        if (of.scale() == Axis.Scale.LOGARITHMIC) {
            return new Logarithmic(of.name(), values);
        }
        var axis = new Roomy(of.name());
        axis.setAutoRangeIncludesZero(of.scale() == Axis.Scale.FROM_ZERO);
        if (of.scale() == Axis.Scale.LINEAR) {
            axis.setLowerMargin(0.1); // for what stands below the lowest point
        }
        if (of.scale() == Axis.Scale.FALLING) {
            axis.setInverted(true);
            axis.setLowerMargin(0.17); // for what stands next to the last point
        }
        if (of.scale() == Axis.Scale.WHOLE) {
            axis.setAutoRangeStickyZero(false);
            axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
        }
        return axis;
    }

    /** Its ticks do not stand as close as their labels would let them: few lines are easier to follow. */
    private static final class Roomy extends NumberAxis {
        private static final double HIGH = 2;
        private static final double WIDE = 1.6;

        Roomy(String name) {
            super(name);
            Style.axis(this);
        }

        @Override
        protected double estimateMaximumTickLabelHeight(Graphics2D graphics) {
            return HIGH * super.estimateMaximumTickLabelHeight(graphics);
        }

        @Override
        protected double estimateMaximumTickLabelWidth(Graphics2D graphics, TickUnit unit) {
            return WIDE * super.estimateMaximumTickLabelWidth(graphics, unit);
        }
    }

    private static final class Logarithmic extends LogAxis {
        private static final double MARGIN = 0.08;
        private final transient List<NumberTick> ticks;

        Logarithmic(String name, List<Double> values) {
            super(name);
            Style.axis(this);
            setLowerMargin(MARGIN);
            setUpperMargin(MARGIN);
            setTickUnit(new NumberTickUnit(1), false, false);
            ticks = values.stream()
                    .map(value -> new NumberTick(
                            value,
                            BigDecimal.valueOf(value).stripTrailingZeros().toPlainString(),
                            TextAnchor.TOP_CENTER,
                            TextAnchor.CENTER,
                            0))
                    .toList();
        }

        @Override
        public List<NumberTick> refreshTicks(
                Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
            return ticks;
        }
    }
}
