package igpt.schema.artifact.classifier;

import igpt.schema.db.Rows;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The feature files of all artifacts. Joins the caller's transaction. */
public final class FeatureParts {

    private final JdbcClient jdbc;

    public FeatureParts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the features are taken of; does nothing if that is known. */
    public void describe(FeatureSet set) {
        long known = jdbc.sql("select count(*) from feature_set where features_id = ?")
                .params(set.featuresId())
                .query(Long.class)
                .single();
        if (known == 0) {
            jdbc.sql(
                            """
                            insert into feature_set (features_id, model_id, dataset_id, iteration, tap)
                            values (:featuresId, :modelId, :datasetId, :iteration, :tap)
                            """)
                    .paramSource(set)
                    .update();
        }
    }

    /** What features were taken of. */
    public FeatureSet set(long featuresId) {
        return jdbc.sql("select * from feature_set where features_id = ?")
                .params(featuresId)
                .query(FeatureSet.class)
                .single();
    }

    /** Replaces those of the same place. */
    public void add(List<FeaturePart> parts) {
        Rows.delete(
                jdbc,
                "feature_part where (features_id, network, layer, split, part, mask)",
                parts.stream()
                        .map(part -> new Object[] {
                            part.featuresId(), part.network(), part.layer(), part.split(), part.part(), part.mask()
                        })
                        .toList());
        Rows.insert(
                jdbc,
                "feature_part (features_id, network, layer, split, part, path, row_count, width, sha256, mask)",
                parts.stream()
                        .map(part -> new Object[] {
                            part.featuresId(),
                            part.network(),
                            part.layer(),
                            part.split(),
                            part.part(),
                            part.path(),
                            part.rows(),
                            part.width(),
                            part.sha256(),
                            part.mask()
                        })
                        .toList());
    }

    /** A network and a layer of it. */
    public record Layer(String network, int layer) {}

    /** All layers that there are features of: the trained network's first, then the baselines'. */
    public List<Layer> layers(long featuresId) {
        return jdbc.sql(
                        """
                        select distinct network, layer,
                            case network when 'trained' then 0 when 'untrained' then 1 else 2 end as place
                        from feature_part where features_id = ? order by place, layer
                        """)
                .params(featuresId)
                .query((row, number) -> new Layer(row.getString("network"), row.getInt("layer")))
                .list();
    }

    /** By part and mask. */
    public List<FeaturePart> of(long featuresId, String network, int layer, String split) {
        return jdbc.sql(
                        """
                        select * from feature_part
                        where features_id = ? and network = ? and layer = ? and split = ? order by part, mask
                        """)
                .params(featuresId, network, layer, split)
                .query((row, number) -> new FeaturePart(
                        row.getLong("features_id"),
                        row.getString("network"),
                        row.getInt("layer"),
                        row.getString("split"),
                        row.getInt("part"),
                        row.getString("path"),
                        row.getLong("row_count"),
                        row.getInt("width"),
                        row.getString("sha256"),
                        row.getInt("mask")))
                .list();
    }
}
