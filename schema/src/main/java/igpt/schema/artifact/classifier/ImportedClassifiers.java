package igpt.schema.artifact.classifier;

import igpt.schema.db.Rows;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Fine-tuned classifiers that came with imported models. Joins the caller's transaction. */
public final class ImportedClassifiers {
    private final JdbcClient jdbc;

    public ImportedClassifiers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A classifier whose weights are in its model's checkpoint.
     *
     * @param id of its artifact
     * @param modelId of that of the model
     * @param iteration of the checkpoint
     * @param layer that its head reads
     * @param masks of an image, whose predictions vote; 1 for an auto-regressive model
     * @param seed of the masks
     */
    public record ImportedClassifier(long id, long modelId, long iteration, int layer, int masks, long seed) {}

    /** Replaces that of the same artifact. */
    public void put(ImportedClassifier classifier, List<String> classes) {
        for (var table : List.of("imported_class", "imported_classifier")) {
            jdbc.sql("delete from " + table + " where classifier_id = ?")
                    .params(classifier.id())
                    .update();
        }
        jdbc.sql(
                        """
                        insert into imported_classifier (classifier_id, model_id, iteration, layer, masks, seed)
                        values (:id, :modelId, :iteration, :layer, :masks, :seed)
                        """)
                .paramSource(classifier)
                .update();
        Rows.insert(
                jdbc,
                "imported_class (classifier_id, label, name)",
                IntStream.range(0, classes.size())
                        .mapToObj(label -> new Object[] {classifier.id(), label, classes.get(label)})
                        .toList());
    }

    /** Empty for one that was fine-tuned here. */
    public Optional<ImportedClassifier> find(long id) {
        return jdbc.sql("select classifier_id as id, c.* from imported_classifier c where classifier_id = ?")
                .params(id)
                .query(ImportedClassifier.class)
                .optional();
    }

    /** The artifact that came with a model, if one did. */
    public Optional<Long> ofModel(long modelId) {
        return jdbc.sql("select classifier_id from imported_classifier where model_id = ?")
                .params(modelId)
                .query(Long.class)
                .optional();
    }

    /** Names by label. */
    public List<String> classes(long id) {
        return jdbc.sql("select name from imported_class where classifier_id = ? order by label")
                .params(id)
                .query(String.class)
                .list();
    }
}
