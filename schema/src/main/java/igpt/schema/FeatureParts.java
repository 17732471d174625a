package igpt.schema;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The feature files of all artifacts. Joins the caller's transaction. */
public final class FeatureParts {

    private final JdbcClient jdbc;

    public FeatureParts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces those of the same place. */
    public void add(List<FeaturePart> parts) {
        Rows.delete(
                jdbc,
                "feature_part where (features_id, network, layer, split, part)",
                parts.stream()
                        .map(part ->
                                new Object[] {part.featuresId(), part.network(), part.layer(), part.split(), part.part()
                                })
                        .toList());
        Rows.insert(
                jdbc,
                "feature_part (features_id, network, layer, split, part, path, row_count, width, sha256)",
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
                            part.sha256()
                        })
                        .toList());
    }

    /** By part. */
    public List<FeaturePart> of(long featuresId, String network, int layer, String split) {
        return jdbc.sql(
                        """
                        select * from feature_part
                        where features_id = ? and network = ? and layer = ? and split = ? order by part
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
                        row.getString("sha256")))
                .list();
    }
}
