package igpt.schema.curve;

import igpt.schema.curve.Curve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A long curve with as many points as can be told apart, in one pass over it: of each stretch the first and the last point,
 * the highest and the lowest, so that no peak is lost. The stretches are made twice as long whenever there are too many.
 */
public final class Thinning {
    /** Of these there are half as many at least, so that a wide drawing has more points than pixels. */
    private static final int STRETCHES = 800;

    private static final int CORNERS = 4; // of a stretch

    private static final class Stretch {
        final Point first;
        Point lowest;
        Point highest;
        Point last;
        long points;

        Stretch(Point first) {
            this.first = first;
            lowest = first;
            highest = first;
            last = first;
            points = 1;
        }

        void add(Point point) {
            last = point;
            lowest = lower(lowest, point);
            highest = higher(highest, point);
            points++;
        }

        void add(Stretch next) {
            last = next.last;
            lowest = lower(lowest, next.lowest);
            highest = higher(highest, next.highest);
            points += next.points;
        }

        private static Point lower(Point one, Point other) {
            return other.value() < one.value() || Double.isNaN(one.value()) ? other : one;
        }

        private static Point higher(Point one, Point other) {
            return other.value() > one.value() || Double.isNaN(one.value()) ? other : one;
        }
    }

    private final List<Stretch> stretches = new ArrayList<>();
    private long length = 1; // points of a whole stretch
    private long recorded;

    /** By iteration. */
    public void add(Point point) {
        recorded++;
        var last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
        if (last != null && last.points < length) {
            last.add(point);
            return;
        }
        if (stretches.size() == STRETCHES) {
            pairUp();
        }
        stretches.add(new Stretch(point));
    }

    private void pairUp() {
        for (int i = 0; i < STRETCHES / 2; i++) {
            var pair = stretches.get(2 * i);
            pair.add(stretches.get(2 * i + 1));
            stretches.set(i, pair);
        }
        stretches.subList(STRETCHES / 2, STRETCHES).clear();
        length *= 2;
    }

    public long recorded() {
        return recorded;
    }

    /** All of them, while they are few. */
    public List<Point> points() {
        var points = new ArrayList<Point>(CORNERS * stretches.size());
        for (var stretch : stretches) {
            Stream.of(stretch.first, stretch.lowest, stretch.highest, stretch.last)
                    .distinct()
                    .sorted((one, other) -> Long.compare(one.iteration(), other.iteration()))
                    .forEach(points::add);
        }
        return points;
    }
}
