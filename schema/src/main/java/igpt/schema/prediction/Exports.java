package igpt.schema.prediction;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was exported. Joins the caller's transaction. */
public final class Exports {
    private final JdbcClient jdbc;

    public Exports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces that of the same artifact. */
    public void put(Export export) {
        jdbc.sql("delete from export where export_id = ?").params(export.id()).update();
        jdbc.sql(
                        """
                        insert into export (export_id, model_id, iteration, classifier_id, format, folder, files, bytes, path,
                            sha256)
                        values (:id, :modelId, :iteration, :classifierId, :format, :folder, :files, :bytes, :path, :sha256)
                        """)
                .paramSource(export)
                .update();
    }

    public Optional<Export> find(long id) {
        return jdbc.sql("select export_id as id, x.* from export x where export_id = ?")
                .params(id)
                .query(Export.class)
                .optional();
    }
}
