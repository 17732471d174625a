package igpt.schema.artifact;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All fine-tuned classifiers. Joins the caller's transaction. */
public final class Classifiers {
    private final JdbcClient jdbc;

    public Classifiers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces that of the same artifact. */
    public void put(Classifier classifier) {
        jdbc.sql("delete from classifier where classifier_id = ?")
                .params(classifier.id())
                .update();
        jdbc.sql(
                        """
                        insert into classifier (classifier_id, model_id, dataset_id, start, loss, layer, learning_rate,
                            iteration, validation_accuracy, test_accuracy, vote_accuracy, protocol)
                        values (:id, :modelId, :datasetId, :start, :loss, :layer, :learningRate,
                            :iteration, :validationAccuracy, :testAccuracy, :voteAccuracy, :protocol)
                        """)
                .paramSource(classifier)
                .update();
    }

    public Optional<Classifier> find(long id) {
        return jdbc.sql("select c.*, classifier_id as id from classifier c where classifier_id = ?")
                .params(id)
                .query(Classifier.class)
                .optional();
    }
}
