package igpt.schema;

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

    /** What is newer than the checkpoint that training goes on from. */
    public void deleteAfter(long artifactId, long iteration) {
        jdbc.sql("delete from metric where artifact_id = ? and iteration > ?")
                .params(artifactId, iteration)
                .update();
    }
}
