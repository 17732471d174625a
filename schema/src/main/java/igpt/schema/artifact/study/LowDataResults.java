package igpt.schema.artifact.study;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Classifiers fitted to few labels: one a number of labels and subset. Joins the caller's transaction. */
public final class LowDataResults {

    private final JdbcClient jdbc;

    public LowDataResults(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Mean and standard deviation over the subsets of one size; the deviation is 0 of one subset alone. */
    public record Summary(int labels, int subsets, double accuracy, double deviation) {}

    public void add(LowDataResult result) {
        jdbc.sql(
                        """
                        insert into lowdata_result (lowdata_id, labels, subset, layer, test_accuracy, objective,
                            iterations, converged, path, sha256)
                        values (:lowdataId, :labels, :subset, :layer, :testAccuracy, :objective,
                            :iterations, :converged, :path, :sha256)
                        """)
                .paramSource(result)
                .update();
    }

    /** By number of labels, then subset. */
    public List<LowDataResult> of(long lowdataId) {
        return jdbc.sql("select * from lowdata_result where lowdata_id = ? order by labels, subset")
                .params(lowdataId)
                .query(LowDataResult.class)
                .list();
    }

    /**
     * The error at one number of labels.
     *
     * @param published which published set the images are; null of anybody's own
     * @param labels a class
     * @param error mean per cent of the test images; sd over the subsets, null of one alone
     */
    public record FewLabels(
            String dataset,
            @Nullable String published,
            String model,
            int labels,
            int classes,
            double error,
            @Nullable Double sd) {}

    /** By number of labels. */
    public List<FewLabels> errors(long lowdataId) {
        return jdbc.sql(
                        """
                        select d.name as dataset, i.name as published, m.name as model, s.labels, d.classes, 100 * s.error as error,
                            100 * s.error_sd as sd
                        from lowdata_summary s
                        join lineage l on l.artifact = s.artifact and l.input_kind in ('FEATURES', 'PROBE')
                        join feature_set f on f.features_id = l.input
                        join dataset_catalogue d on d.artifact = f.dataset_id
                        join model_catalogue m on m.artifact = f.model_id
                        left join published_images i on i.dataset_id = f.dataset_id
                        where s.artifact = ? order by s.labels
                        """)
                .params(lowdataId)
                .query(FewLabels.class)
                .list();
    }

    /** By number of labels. */
    public List<Summary> summary(long lowdataId) {
        return jdbc.sql(
                        """
                        select labels, subsets, accuracy, coalesce(accuracy_sd, 0) as deviation
                        from lowdata_summary where artifact = ? order by labels
                        """)
                .params(lowdataId)
                .query(Summary.class)
                .list();
    }
}
