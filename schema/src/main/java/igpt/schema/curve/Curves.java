package igpt.schema.curve;

import igpt.schema.curve.Curve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The series of a run, to be drawn. A run that was stopped or killed has one line: what it had recorded after the checkpoint
 * that it resumed from was deleted then, and recorded again.
 */
public final class Curves {
    /** Rows at a time, since PostgreSQL's driver would otherwise hold all of them. */
    private static final int A_PAGE = 20_000;

    private final JdbcClient jdbc;

    public Curves(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A curve's place.
     *
     * @param run that made the artifact: the one asked for, or one that it launched
     * @param name what was recorded: train_nats, learning_rate
     */
    public record Series(long run, long artifact, String kind, String artifactName, String name) {}

    /**
     * Those of what the run made, and of the runs that it launched.
     *
     * @param after only what was recorded after that iteration; -1: all
     */
    public List<Curve> of(long run, long after) {
        return series(run).stream()
                .map(series -> {
                    var thinning = new Thinning();
                    points(series, after).forEach(thinning::add);
                    return Curve.of(series, thinning);
                })
                .toList();
    }

    public List<Series> series(long run) {
        var owners = jdbc.sql(
                        """
                        select e.job_instance_id, a.artifact_id, a.kind, a.name
                        from artifact a join batch_job_execution e on e.job_execution_id = a.job_execution_id
                        where e.job_instance_id = :run
                            or e.job_instance_id in (select child from run_child where parent = :run)
                        order by a.artifact_id
                        """)
                .param("run", run)
                .query((row, number) ->
                        new Series(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), ""))
                .list();
        var all = new ArrayList<Series>();
        for (var owner : owners) {
            for (var next = next(owner); next.isPresent(); next = next(next.get())) {
                all.add(next.get());
            }
        }
        return all;
    }

    /** The next by name, found along the key: both databases would go through all points to tell the names apart. */
    private Optional<Series> next(Series before) {
        return jdbc.sql(
                        """
                        select name from metric where artifact_id = ? and name > ?
                        order by artifact_id, name, iteration fetch first row only
                        """)
                .params(before.artifact, before.name)
                .query(String.class)
                .optional()
                .map(name -> new Series(before.run, before.artifact, before.kind, before.artifactName, name));
    }

    /** Whether that was recorded, and not deleted since. */
    public boolean has(Series series, Point point) {
        return jdbc.sql("select metric_value from metric where artifact_id = ? and name = ? and iteration = ?")
                .params(series.artifact, series.name, point.iteration())
                .query(Double.class)
                .optional()
                .filter(value -> value.equals(point.value()))
                .isPresent();
    }

    /** All that were recorded after an iteration. */
    public List<Point> points(Series series, long after) {
        var points = new ArrayList<Point>();
        for (var page = page(series, after); !page.isEmpty(); ) {
            points.addAll(page);
            page = page.size() < A_PAGE
                    ? List.of()
                    : page(series, page.get(page.size() - 1).iteration());
        }
        return points;
    }

    private List<Point> page(Series series, long after) {
        return jdbc.sql(
                        """
                        select iteration, metric_value from metric
                        where artifact_id = ? and name = ? and iteration > ?
                        order by artifact_id, name, iteration fetch first %d rows only
                        """
                                .formatted(A_PAGE))
                .params(series.artifact, series.name, after)
                .query((row, number) -> new Point(row.getLong(1), row.getDouble(2)))
                .list();
    }
}
