package igpt.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A long curve with as many points as can be told apart. */
public final class Thinning {
    /** Stretches of the curve; of each up to four points are left, so that a wide drawing has more of them than pixels. */
    private static final int STRETCHES = 400;

    private Thinning() {}

    /**
     * Of each stretch the first and the last point, the highest and the lowest: no peak is lost, and what lies between is
     * not drawn.
     */
    public static List<Point> of(List<Point> points) {
        int size = points.size();
        if (size <= 4 * STRETCHES) {
            return points;
        }
        var left = new ArrayList<Point>();
        for (int stretch = 0; stretch < STRETCHES; stretch++) {
            int from = (int) ((long) size * stretch / STRETCHES);
            int to = (int) ((long) size * (stretch + 1) / STRETCHES);
            var part = points.subList(from, to);
            var byHeight = Comparator.comparingDouble(Point::y);
            Stream.of(
                            part.get(0),
                            part.stream().min(byHeight).orElseThrow(),
                            part.stream().max(byHeight).orElseThrow(),
                            part.get(part.size() - 1))
                    .distinct()
                    .sorted(Comparator.comparingDouble(Point::x))
                    .forEach(left::add);
        }
        return left;
    }
}
