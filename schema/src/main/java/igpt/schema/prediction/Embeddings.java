package igpt.schema.prediction;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Features of new images. Joins the caller's transaction. */
public final class Embeddings {
    private final JdbcClient jdbc;

    public Embeddings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces that of the same artifact. */
    public void put(Embedding embedding) {
        jdbc.sql("delete from embedding where embedding_id = ?")
                .params(embedding.id())
                .update();
        jdbc.sql(
                        """
                        insert into embedding (embedding_id, model_id, iteration, source, layers, tap)
                        values (:id, :modelId, :iteration, :source, :layers, :tap)
                        """)
                .paramSource(embedding)
                .update();
    }

    public Optional<Embedding> find(long id) {
        return jdbc.sql("select embedding_id as id, b.* from embedding b where embedding_id = ?")
                .params(id)
                .query(Embedding.class)
                .optional();
    }

    public void add(EmbeddingPart part) {
        jdbc.sql(
                        """
                        insert into embedding_part (embedding_id, part, path, row_count, images, sha256)
                        values (:embeddingId, :part, :path, :rows, :images, :sha256)
                        """)
                .paramSource(part)
                .update();
    }

    /** In order. */
    public List<EmbeddingPart> parts(long id) {
        return jdbc.sql("select * from embedding_part where embedding_id = ? order by part")
                .params(id)
                .query((row, number) -> new EmbeddingPart(
                        row.getLong("embedding_id"),
                        row.getInt("part"),
                        row.getString("path"),
                        row.getLong("row_count"),
                        row.getLong("images"),
                        row.getString("sha256")))
                .list();
    }
}
