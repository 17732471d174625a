package igpt.training;

import igpt.recipe.ResultTable;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.model.Checkpoints;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables that {@code show} prints of anything that is trained. */
public final class TrainingTables {
    private TrainingTables() {}

    public static List<ResultTable> of(JdbcClient jdbc, List<Artifact> trained) {
        var checkpoints = ResultTable.ofDetails("checkpoints", "iteration", "train_nats", "validation_nats", "path");
        var metrics = ResultTable.of("metrics", "metric", "iteration", "value");
        for (var artifact : trained) {
            new Checkpoints(jdbc)
                    .all(artifact.id())
                    .forEach(c -> checkpoints.row(c.iteration(), c.trainNats(), c.validationNats(), c.path()));
            new Metrics(jdbc)
                    .newest(artifact.id())
                    .forEach(metric -> metrics.row(metric.name(), metric.iteration(), metric.value()));
        }
        return List.of(checkpoints, metrics);
    }
}
