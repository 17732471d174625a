package igpt.report.chart;

import igpt.console.Printable;
import java.util.List;

/** Points that belong together. */
public record Series(String name, Ink ink, Style style, List<Point> points) {

    /** How they are drawn. */
    public enum Style {
        /** Each with a mark, and a line from one to the next. */
        MARKED,
        /** A thin line alone: they are many. */
        CURVE,
        /** A dashed line alone: what the others are compared with. */
        REFERENCE
    }

    public Series {
        name = Printable.of(name);
        points = List.copyOf(points);
    }
}
