package igpt.schema.artifact;

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

    /** @throws IllegalStateException if there is none */
    public Model get(long id) {
        return jdbc.sql("select model_id as id, m.* from model m where model_id = ?")
                .params(id)
                .query(Model.class)
                .optional()
                .orElseThrow(() -> new IllegalStateException("no model " + id));
    }
}
