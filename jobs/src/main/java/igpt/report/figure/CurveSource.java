package igpt.report.figure;

import igpt.report.chart.Point;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metrics;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the points of a training's curves come from: from the database, or from who has read them before. */
@FunctionalInterface
public interface CurveSource {
    /** By iteration; none if nothing was recorded. */
    List<Point> points(Artifact artifact, String metric);

    static CurveSource of(JdbcClient jdbc) {
        var metrics = new Metrics(jdbc);
        return (artifact, metric) -> metrics.series(artifact.id(), metric).stream()
                .map(one -> Point.of(one.iteration(), one.value()))
                .toList();
    }
}
