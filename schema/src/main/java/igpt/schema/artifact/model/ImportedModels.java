package igpt.schema.artifact.model;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where imported models came from. Joins the caller's transaction. */
public final class ImportedModels {
    private final JdbcClient jdbc;

    public ImportedModels(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces the row of the same model. */
    public void put(ImportedModel model) {
        jdbc.sql("delete from imported_model where model_id = ?")
                .params(model.id())
                .update();
        jdbc.sql(
                        """
                        insert into imported_model (model_id, source, layout, source_sha256, resolution, path, sha256)
                        values (:id, :source, :layout, :sourceSha256, :resolution, :path, :sha256)
                        """)
                .paramSource(model)
                .update();
    }

    /** Empty for a model that was trained here. */
    public Optional<ImportedModel> find(long id) {
        return jdbc.sql("select model_id as id, i.* from imported_model i where model_id = ?")
                .params(id)
                .query(ImportedModel.class)
                .optional();
    }
}
