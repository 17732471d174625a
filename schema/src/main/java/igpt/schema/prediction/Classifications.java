package igpt.schema.prediction;

import igpt.schema.dataset.SkippedImage;
import igpt.schema.db.Rows;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Classes of new images. Joins the caller's transaction. */
public final class Classifications {
    private final JdbcClient jdbc;

    public Classifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces that of the same artifact. */
    public void put(Classification classification) {
        jdbc.sql("delete from classification where classification_id = ?")
                .params(classification.id())
                .update();
        jdbc.sql(
                        """
                        insert into classification (classification_id, classifier_id, model_id, iteration, layer, source,
                            classes)
                        values (:id, :classifierId, :modelId, :iteration, :layer, :source, :classes)
                        """)
                .paramSource(classification)
                .update();
    }

    /** Adds the part, and puts its images' rows in place of what there is of these images. */
    public void add(PredictionPart part, long fromImage, long toImage, List<Prediction> predictions) {
        jdbc.sql("delete from prediction where classification_id = ? and image >= ? and image < ?")
                .params(part.classificationId(), fromImage, toImage)
                .update();
        Rows.insert(
                jdbc,
                "prediction (classification_id, image, file, label, predicted, probability, correct)",
                predictions.stream()
                        .map(one -> new Object[] {
                            part.classificationId(),
                            one.image(),
                            SkippedImage.shortened(one.file()),
                            one.label(),
                            one.predicted(),
                            one.probability(),
                            one.correct()
                        })
                        .toList());
        jdbc.sql(
                        """
                        insert into prediction_part (classification_id, part, path, row_count, sha256)
                        values (:classificationId, :part, :path, :rows, :sha256)
                        """)
                .paramSource(part)
                .update();
    }

    /** In order. */
    public List<PredictionPart> parts(long id) {
        return jdbc.sql("select * from prediction_part where classification_id = ? order by part")
                .params(id)
                .query((row, number) -> new PredictionPart(
                        row.getLong("classification_id"),
                        row.getInt("part"),
                        row.getString("path"),
                        row.getLong("row_count"),
                        row.getString("sha256")))
                .list();
    }

    /** Those that are wrong, the most confident first. */
    public List<Prediction> mistakes(long id, int most) {
        return jdbc.sql(
                        """
                        select image, file, label, predicted, probability, correct from prediction
                        where classification_id = ? and correct = false
                        order by probability desc, image fetch first %d rows only
                        """
                                .formatted(most))
                .params(id)
                .query(Prediction.class)
                .list();
    }

    /** Images by what they are and what they were taken for. */
    public record Confused(String label, String predicted, long images) {}

    /** Of the images whose label the classifier knows; the most first. */
    public List<Confused> confusion(long id) {
        return jdbc.sql(
                        """
                        select label, predicted, images from prediction_confusion where artifact = ?
                        order by images desc, label, predicted
                        """)
                .params(id)
                .query(Confused.class)
                .list();
    }

    /** Empty while there is no prediction. */
    public Optional<PredictionSummary> summary(long id) {
        return jdbc.sql("select images, labelled, accuracy, standard_error from prediction_summary where artifact = ?")
                .params(id)
                .query(PredictionSummary.class)
                .optional();
    }

    /** Where the file of that name is, if there is one. */
    public Optional<String> file(long id, String name) {
        return jdbc.sql("select path from prediction_file where classification_id = ? and name = ?")
                .params(id, name)
                .query(String.class)
                .optional();
    }

    /** Replaces the one of that name. */
    public void putFile(long id, String name, String path, String sha256) {
        jdbc.sql("delete from prediction_file where classification_id = ? and name = ?")
                .params(id, name)
                .update();
        jdbc.sql("insert into prediction_file (classification_id, name, path, sha256) values (?, ?, ?, ?)")
                .params(id, name, path, sha256)
                .update();
    }
}
