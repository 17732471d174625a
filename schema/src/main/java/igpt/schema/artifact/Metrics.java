package igpt.schema.artifact;

import igpt.schema.db.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The series of all artifacts. Joins the caller's transaction. */
public final class Metrics {

    private final JdbcClient jdbc;

    public Metrics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces those of the same artifact, iteration and name. */
    public void addAll(List<Metric> metrics) {
        Rows.delete(
                jdbc,
                "metric where (artifact_id, name, iteration)",
                metrics.stream()
                        .map(metric -> new Object[] {metric.artifactId(), metric.name(), metric.iteration()})
                        .toList());
        Rows.insert(
                jdbc,
                "metric (artifact_id, name, iteration, metric_value)",
                metrics.stream()
                        .map(metric ->
                                new Object[] {metric.artifactId(), metric.name(), metric.iteration(), metric.value()})
                        .toList());
    }

    /** By iteration. */
    public List<Metric> series(long artifactId, String name) {
        return jdbc.sql(
                        """
                        select artifact_id, iteration, name, metric_value from metric
                        where artifact_id = ? and name = ? order by iteration
                        """)
                .params(artifactId, name)
                .query((row, number) -> new Metric(row.getLong(1), row.getLong(2), row.getString(3), row.getDouble(4)))
                .list();
    }

    /** The last of each series, by name. In two steps, since H2 would do the second again for every row. */
    public List<Metric> newest(long artifactId) {
        var last = jdbc.sql("select name, max(iteration) from metric where artifact_id = ? group by name")
                .params(artifactId)
                .query((row, number) -> new Object[] {artifactId, row.getString(1), row.getLong(2)})
                .list();
        if (last.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(
                        """
                        select artifact_id, iteration, name, metric_value from metric
                        where (artifact_id, name, iteration) in (:last) order by name
                        """)
                .param("last", last)
                .query(Metrics::metric)
                .list();
    }

    /** What is newer than the checkpoint that training resumes from. */
    public void deleteAfter(long artifactId, long iteration) {
        jdbc.sql("delete from metric where artifact_id = ? and iteration > ?")
                .params(artifactId, iteration)
                .update();
    }

    private static Metric metric(ResultSet row, int number) throws SQLException {
        return new Metric(row.getLong(1), row.getLong(2), row.getString(3), row.getDouble(4));
    }
}
