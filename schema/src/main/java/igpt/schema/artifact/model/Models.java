package igpt.schema.artifact.model;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What models there are. Joins the caller's transaction. */
public final class Models {
    private final JdbcClient jdbc;

    public Models(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Does nothing if the model is known. */
    public void add(Model model) {
        long known = jdbc.sql("select count(*) from model where model_id = ?")
                .params(model.id())
                .query(Long.class)
                .single();
        if (known == 0) {
            jdbc.sql(
                            """
                            insert into model (model_id, objective, layers, width, heads, positions, colours, weights)
                            values (:id, :objective, :layers, :width, :heads, :positions, :colours, :weights)
                            """)
                    .paramSource(model)
                    .update();
        }
    }

    /**
     * A model by the name of its artifact.
     *
     * @param positions of a sequence
     */
    public record Named(String name, String objective, long weights, int positions, int colours) {}

    /** Empty for an artifact that is no model. */
    public Optional<Named> named(long id) {
        return jdbc.sql("select name, objective, weights, positions, colours from model_catalogue where artifact = ?")
                .params(id)
                .query(Named.class)
                .optional();
    }

    /** That a BERT model was trained with: a probe hides as much. */
    public Optional<Double> maskRate(long id) {
        return jdbc.sql(
                        """
                        select p.parameter_value
                        from model m
                        join artifact a on a.artifact_id = m.model_id
                        join batch_job_execution_params p on p.job_execution_id = a.job_execution_id
                        where m.model_id = ? and m.objective = 'bert' and p.parameter_name = 'mask_rate'
                        """)
                .params(id)
                .query(String.class)
                .optional()
                .map(Double::valueOf);
    }

    /** @throws IllegalStateException if there is none */
    public Model get(long id) {
        return jdbc.sql("select model_id as id, m.* from model m where model_id = ?")
                .params(id)
                .query(Model.class)
                .optional()
                .orElseThrow(() -> new IllegalStateException("no model " + id));
    }
}
