package igpt.schema.artifact.model;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The checkpoints of all models. Joins the caller's transaction. Write the file first, delete it last. */
public final class Checkpoints {

    private static final String SELECT =
            "select model_id, iteration, path, sha256, train_nats, validation_nats from checkpoint where model_id = ?";

    private final JdbcClient jdbc;

    public Checkpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces the one of the same model and iteration. */
    public void add(Checkpoint checkpoint) {
        var updated = jdbc.sql(
                        """
                        update checkpoint set path = :path, sha256 = :sha256, train_nats = :trainNats,
                            validation_nats = :validationNats, saved_at = current_timestamp
                        where model_id = :modelId and iteration = :iteration
                        """)
                .paramSource(checkpoint)
                .update();
        if (updated == 0) {
            jdbc.sql(
                            """
                            insert into checkpoint
                                (model_id, iteration, path, sha256, train_nats, validation_nats, saved_at)
                            values (:modelId, :iteration, :path, :sha256, :trainNats, :validationNats, current_timestamp)
                            """)
                    .paramSource(checkpoint)
                    .update();
        }
    }

    /** By iteration. */
    public List<Checkpoint> all(long modelId) {
        return jdbc.sql(SELECT + " order by iteration")
                .params(modelId)
                .query(Checkpoint.class)
                .list();
    }

    public Optional<Checkpoint> at(long modelId, long iteration) {
        return all(modelId).stream()
                .filter(checkpoint -> checkpoint.iteration() == iteration)
                .findFirst();
    }

    /** Of whichever model. */
    public Optional<Checkpoint> named(String path) {
        return jdbc.sql(
                        "select model_id, iteration, path, sha256, train_nats, validation_nats from checkpoint where path = ?")
                .params(path)
                .query(Checkpoint.class)
                .optional();
    }

    public Optional<Checkpoint> newest(long modelId) {
        return jdbc.sql(SELECT + " order by iteration desc fetch first row only")
                .params(modelId)
                .query(Checkpoint.class)
                .optional();
    }

    /** The lowest validation loss; of equals the earlier. */
    public Optional<Checkpoint> best(long modelId) {
        return jdbc.sql(SELECT
                        + " and validation_nats is not null order by validation_nats, iteration fetch first row only")
                .params(modelId)
                .query(Checkpoint.class)
                .optional();
    }

    public void delete(long modelId, long iteration) {
        jdbc.sql("delete from checkpoint where model_id = ? and iteration = ?")
                .params(modelId, iteration)
                .update();
    }
}
