package igpt.schema.dataset;

import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.db.Rows;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The datasets' own tables. Joins the caller's transaction; adding again replaces. */
public final class Datasets {

    private final JdbcClient jdbc;

    public Datasets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** To be called last, when all parts are there. */
    public void add(Dataset dataset) {
        jdbc.sql("delete from dataset_class where dataset_id = ?")
                .params(dataset.id())
                .update();
        var updated = jdbc.sql(
                        """
                        update dataset set source = :source, resolution = :resolution, colours = :colours,
                            train_rows = :trainRows, validation_rows = :validationRows, test_rows = :testRows,
                            skipped = :skipped, palette_path = :palettePath, manifest_sha256 = :manifestSha256
                        where dataset_id = :id
                        """)
                .paramSource(dataset)
                .update();
        if (updated == 0) {
            jdbc.sql(
                            """
                            insert into dataset (dataset_id, source, resolution, colours, train_rows, validation_rows,
                                test_rows, skipped, palette_path, manifest_sha256)
                            values (:id, :source, :resolution, :colours, :trainRows, :validationRows,
                                :testRows, :skipped, :palettePath, :manifestSha256)
                            """)
                    .paramSource(dataset)
                    .update();
        }
        jdbc.sql("delete from published_images where dataset_id = ?")
                .params(dataset.id())
                .update();
        if (dataset.published() != null) {
            jdbc.sql("insert into published_images (dataset_id, name) values (?, ?)")
                    .params(dataset.id(), dataset.published())
                    .update();
        }
        var classes = dataset.classes();
        Rows.insert(
                jdbc,
                "dataset_class (dataset_id, label, name)",
                IntStream.range(0, classes.size())
                        .mapToObj(label -> new Object[] {dataset.id(), label, classes.get(label)})
                        .toList());
    }

    /** Of classes that {@link #add} has added. */
    public void setRows(long datasetId, List<ClassRows> classes) {
        for (var rows : classes) {
            jdbc.sql(
                            """
                            update dataset_class set train_rows = ?, validation_rows = ?, test_rows = ?
                            where dataset_id = ? and label = ?
                            """)
                    .params(rows.train(), rows.validation(), rows.test(), datasetId, rows.label())
                    .update();
        }
    }

    /** By label; empty if an earlier version made the dataset, which did not count them. */
    public List<ClassRows> classRows(long datasetId) {
        return jdbc.sql(
                        """
                        select label, name, train_rows, validation_rows, test_rows from dataset_class
                        where dataset_id = ? and train_rows is not null order by label
                        """)
                .params(datasetId)
                .query((row, number) ->
                        new ClassRows(row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5)))
                .list();
    }

    /** Replaces those of the same kind. */
    public void putFindings(long datasetId, Finding.Kind kind, Map<String, ? extends Number> files) {
        jdbc.sql("delete from finding where dataset_id = ? and kind = ?")
                .params(datasetId, column(kind))
                .update();
        Rows.insert(
                jdbc,
                "finding (dataset_id, kind, what, files)",
                files.entrySet().stream()
                        .map(what -> new Object[] {
                            datasetId,
                            column(kind),
                            what.getKey(),
                            what.getValue().longValue()
                        })
                        .toList());
    }

    /** By kind, the most files first. */
    public List<Finding> findings(long datasetId) {
        return jdbc.sql("select kind, what, files from finding where dataset_id = ? order by kind, files desc, what")
                .params(datasetId)
                .query((row, number) -> new Finding(
                        Finding.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                        row.getString(2),
                        row.getLong(3)))
                .list();
    }

    /**
     * The tokens of a dataset or of a model.
     *
     * @throws IllegalStateException if it is neither, or has none yet
     */
    public Vocabulary vocabulary(long artifactId) {
        return jdbc.sql("select resolution, colours, palette_path, dataset from vocabularies where artifact = ?")
                .params(artifactId)
                .query(Vocabulary.class)
                .optional()
                .orElseThrow(() -> new IllegalStateException("no vocabulary of artifact " + artifactId));
    }

    private static String column(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** @throws UserException if its images have no labels: nothing could be classified */
    public Dataset labelled(Artifact dataset) {
        var found = get(dataset.id());
        if (found.classes().size() < 2) {
            throw new UserException("dataset %s has no labels to probe with; give a dataset with two classes or more"
                    .formatted(dataset.name()));
        }
        return found;
    }

    /**
     * @param use what validation images are for
     * @throws UserException if there are none
     */
    public Dataset validated(Artifact dataset, String use) {
        var found = get(dataset.id());
        if (found.validationRows() == 0) {
            throw new UserException("dataset %s has no validation images to %s: ./igpt run prepare validation=0.1"
                    .formatted(dataset.name(), use));
        }
        return found;
    }

    /** @throws IllegalStateException if there is none */
    public Dataset get(long id) {
        var classes = jdbc.sql("select name from dataset_class where dataset_id = ? order by label")
                .params(id)
                .query(String.class)
                .list();
        return jdbc.sql(
                        """
                        select d.*, p.name as published from dataset d
                        left join published_images p on p.dataset_id = d.dataset_id where d.dataset_id = ?
                        """)
                .params(id)
                .query((row, number) -> new Dataset(
                        row.getLong("dataset_id"),
                        row.getString("source"),
                        row.getString("published"),
                        row.getInt("resolution"),
                        row.getInt("colours"),
                        classes,
                        row.getLong("train_rows"),
                        row.getLong("validation_rows"),
                        row.getLong("test_rows"),
                        row.getLong("skipped"),
                        row.getString("palette_path"),
                        row.getString("manifest_sha256")))
                .optional()
                .orElseThrow(() -> new IllegalStateException("no dataset " + id));
    }

    public void addPart(DatasetPart part) {
        var updated = jdbc.sql(
                        """
                        update dataset_part set path = :path, row_count = :rows, sha256 = :sha256
                        where dataset_id = :datasetId and split = :split and part = :part
                        """)
                .paramSource(part)
                .update();
        if (updated == 0) {
            jdbc.sql(
                            """
                            insert into dataset_part (dataset_id, split, part, path, row_count, sha256)
                            values (:datasetId, :split, :part, :path, :rows, :sha256)
                            """)
                    .paramSource(part)
                    .update();
        }
    }

    /** In their order. */
    public List<DatasetPart> parts(long datasetId, String split) {
        return jdbc.sql("select * from dataset_part where dataset_id = ? and split = ? order by part")
                .params(datasetId, split)
                .query((row, number) -> new DatasetPart(
                        row.getLong("dataset_id"),
                        row.getString("split"),
                        row.getInt("part"),
                        row.getString("path"),
                        row.getLong("row_count"),
                        row.getString("sha256")))
                .list();
    }

    /** Forgets what an earlier attempt skipped. */
    public void clearSkipped(long datasetId) {
        jdbc.sql("delete from skipped_image where dataset_id = ?")
                .params(datasetId)
                .update();
    }

    public void addSkipped(List<SkippedImage> images) {
        Rows.delete(
                jdbc,
                "skipped_image where (dataset_id, source)",
                images.stream()
                        .map(image -> new Object[] {image.datasetId(), image.source()})
                        .toList());
        Rows.insert(
                jdbc,
                "skipped_image (dataset_id, source, reason)",
                images.stream()
                        .map(image -> new Object[] {image.datasetId(), image.source(), image.reason()})
                        .toList());
    }

    public List<SkippedImage> skipped(long datasetId) {
        return jdbc.sql("select dataset_id, source, reason from skipped_image where dataset_id = ? order by source")
                .params(datasetId)
                .query(SkippedImage.class)
                .list();
    }
}
