package igpt.report.figure;

import igpt.recipe.StandardError;
import igpt.report.chart.Point;
import igpt.report.chart.Series;
import igpt.schema.Counts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers in sentences. */
public final class Words {
    private static final int FEW = 8;

    private Words() {}

    /** {@code 59.30 ± 1.55}, per cent of so many images. */
    public static String accuracy(double percent, long images) {
        return images > 0
                ? String.format(Locale.ROOT, "%.2f ± %.2f", percent, StandardError.ofPercent(percent, images))
                : hundredths(percent);
    }

    public static String hundredths(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /** Four digits, without an exponent where a reader would have to think. */
    public static String number(double number) {
        return new BigDecimal(number)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A line of a chart, for those who do not see it: each point, or where it begins and ends and its extremes. */
    static String line(Series series) {
        var points = series.points();
        if (points.isEmpty()) {
            return series.name() + ": no points.";
        }
        if (series.style() == Series.Style.REFERENCE) {
            return "%s: %s.".formatted(series.name(), number(points.get(0).y()));
        }
        if (points.size() <= FEW) {
            return series.name() + ": "
                    + points.stream()
                            .map(point -> number(point.y()) + " at " + number(point.x()))
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        var byHeight = Comparator.comparingDouble(Point::y);
        var lowest = points.stream().min(byHeight).orElseThrow();
        var highest = points.stream().max(byHeight).orElseThrow();
        var last = points.get(points.size() - 1);
        return "%s: %s from %s at %s to %s at %s, lowest %s at %s, highest %s at %s."
                .formatted(
                        series.name(),
                        Counts.of(points.size(), "point"),
                        number(points.get(0).y()),
                        number(points.get(0).x()),
                        number(last.y()),
                        number(last.x()),
                        number(lowest.y()),
                        number(lowest.x()),
                        number(highest.y()),
                        number(highest.x()));
    }

    public static String lines(List<Series> series) {
        return series.stream().map(Words::line).collect(Collectors.joining(" "));
    }
}
