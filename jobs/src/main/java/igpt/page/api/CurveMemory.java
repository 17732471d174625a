package igpt.page.api;

import igpt.page.RunReader;
import igpt.schema.curve.Curve;
import igpt.schema.curve.Curve.Point;
import igpt.schema.curve.Curves;
import igpt.schema.curve.Curves.Series;
import igpt.schema.curve.Thinning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The curves that were looked at last, thinned: of one that has grown only what is new is read. A curve of half a million
 * points takes H2 most of a second.
 */
@Component
public final class CurveMemory {
    private static final int MOST = 200; // series

    private final RunReader reader;

    private final Map<Series, Known> known = new LinkedHashMap<>(MOST, 0.75f, true) { // guarded by this
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Series, Known> eldest) {
                    return size() > MOST;
                }
            };

    CurveMemory(RunReader reader) {
        this.reader = reader;
    }

    /** Up to a point, which is there still as long as the run was not resumed from before it. */
    private record Known(Thinning thinning, Point last) {}

    /** @param since where it is not all of the points */
    private record Read(Series series, @Nullable Known since, List<Point> points) {}

    /**
     * Those of what the run made, and of the runs that it launched.
     *
     * @throws igpt.config.UsageException if there is no such run
     */
    public synchronized List<Curve> of(long run) {
        var read = reader.read(database -> {
            RunViews.check(run, database);
            var curves = new Curves(database.jdbc());
            var all = new ArrayList<Read>();
            for (var series : curves.series(run)) {
                var since = known.get(series);
                if (since != null && !curves.has(series, since.last)) {
                    since = null;
                }
                all.add(new Read(series, since, curves.points(series, since == null ? -1 : since.last.iteration())));
            }
            return all;
        });
        return read.stream().map(this::learn).toList();
    }

    /** Only now that the answer counts. */
    private Curve learn(Read read) {
        var since = read.since;
        var thinning = since == null ? new Thinning() : since.thinning;
        read.points.forEach(thinning::add);
        if (!read.points.isEmpty()) {
            known.put(read.series, new Known(thinning, read.points.get(read.points.size() - 1)));
        }
        return Curve.of(read.series, thinning);
    }
}
