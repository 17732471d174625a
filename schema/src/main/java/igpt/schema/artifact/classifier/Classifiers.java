package igpt.schema.artifact.classifier;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /**
     * What came of one.
     *
     * @param published which published set the images are; null of anybody's own
     * @param model its name
     * @param accuracy per cent of the test images; null until tested
     * @param vote the same, of several masks; null without
     * @param images it was tested on
     */
    public record Tested(
            String dataset,
            @Nullable String published,
            String model,
            String objective,
            String start,
            String loss,
            @Nullable Double accuracy,
            @Nullable Double vote,
            long images) {}

    public Tested tested(long id) {
        return jdbc.sql(
                        """
                        select c.dataset, s.name as published, m.name as model, c.objective, c.start, c.loss,
                            100 * c.test_accuracy as accuracy, 100 * c.vote_accuracy as vote, d.test_rows as images
                        from classifier_results c
                        join model_catalogue m on m.artifact = c.model
                        join classifier k on k.classifier_id = c.artifact
                        join dataset d on d.dataset_id = k.dataset_id
                        left join published_images s on s.dataset_id = k.dataset_id
                        where c.artifact = ?
                        """)
                .params(id)
                .query(Tested.class)
                .single();
    }

    /** How many images it is tested on. */
    public long testImages(long id) {
        return jdbc.sql(
                        """
                        select d.test_rows from classifier c join dataset d on d.dataset_id = c.dataset_id
                        where c.classifier_id = ?
                        """)
                .params(id)
                .query(Long.class)
                .single();
    }

    public Optional<Classifier> find(long id) {
        return jdbc.sql("select c.*, classifier_id as id from classifier c where classifier_id = ?")
                .params(id)
                .query(Classifier.class)
                .optional();
    }
}
