package igpt.schema.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.file.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of what models make of new images, some of which have no class. */
class PredictionTablesTest {
    private static final int IMAGES = 600; // several pages

    @TempDir
    Path folder;

    /** In the plane, each further round: the nearest by angle are the neighbours in number. */
    private static List<EmbeddingTable.Row> images() {
        var rows = new ArrayList<EmbeddingTable.Row>();
        for (int i = 0; i < IMAGES; i++) {
            double angle = Math.PI * i / IMAGES;
            var features = new float[][] {{i, -i}, {(float) (5 * Math.cos(angle)), (float) (5 * Math.sin(angle))}};
            rows.add(new EmbeddingTable.Row(i, i + ".jpg", i % 7 < 4 ? "cat" + i % 2 : null, features));
        }
        return rows;
    }

    private Path embeddings() throws IOException {
        var file = folder.resolve("part-00000.parquet");
        var written = EmbeddingTable.write(file, Map.of(), List.of(1, 3), images());
        assertThat(written.rows()).isEqualTo(2 * IMAGES);
        return file;
    }

    @Test
    void embeddingsAreReadAsTheyWereWritten() throws IOException {
        var read = EmbeddingTable.read(embeddings());
        assertThat(read).hasSize(2 * IMAGES);
        for (var row : images()) {
            for (int layer = 0; layer < 2; layer++) {
                var same = read.get(2 * (int) row.id() + layer);
                assertThat(same.file()).isEqualTo(row.file());
                assertThat(same.label()).isEqualTo(row.label());
                assertThat(same.layer()).isEqualTo(layer == 0 ? 1 : 3);
                assertThat(same.values()).isEqualTo(row.features()[layer]);
            }
        }
    }

    /** The query of the README, with this folder in place of its own. */
    @Test
    void theDocumentedQueryFindsTheNearestNeighbours() throws Exception {
        embeddings();
        var document = Files.readString(Path.of("README.md"));
        var block = Pattern.compile("(?s)```duckdb\\n(.*?)```").matcher(document);
        assertThat(block.find()).isTrue();
        var query = block.group(1)
                .replaceAll("'[^']*/\\*\\.parquet'", "'" + folder + "/*.parquet'")
                .replaceAll("'[^']*\\.jpg'", "'300.jpg'");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (result.next()) {
                found.add(result.getString("file"));
            }
            assertThat(found).hasSize(5);
            assertThat(found).containsExactlyInAnyOrder("298.jpg", "299.jpg", "301.jpg", "302.jpg", found.get(4));
            assertThat(found.get(4)).isIn("297.jpg", "303.jpg");
        }
    }

    private static PredictionTable.Row prediction(int i) {
        return new PredictionTable.Row(
                i,
                "train/Ä, \"" + i + "\".png",
                i % 5 == 0 ? null : "class " + i % 3,
                List.of("class " + i % 2, "class 2"),
                List.of(0.75 + i * 1e-9, 0.25));
    }

    private Path predictions() throws IOException {
        var rows = new ArrayList<PredictionTable.Row>();
        for (int i = 0; i < IMAGES; i++) {
            rows.add(prediction(i));
        }
        var file = folder.resolve("predictions.parquet");
        PredictionTable.write(file, Map.of("a", "b"), rows);
        return file;
    }

    @Test
    void predictionsAreReadAsTheyWereWritten() throws IOException {
        var read = PredictionTable.read(predictions());
        for (int i = 0; i < IMAGES; i++) {
            assertThat(read.get(i)).isEqualTo(prediction(i));
        }
    }

    @Test
    void duckDbReadsThem() throws Exception {
        var file = predictions();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "select count(*), count(label), sum((classes[1] = predicted)::int), sum(probabilities[2]) from '"
                                + file + "'")) {
            assertThat(result.next()).isTrue();
            assertThat(List.of(result.getLong(1), result.getLong(2), result.getLong(3)))
                    .containsExactly((long) IMAGES, IMAGES * 4 / 5L, (long) IMAGES);
            assertThat(result.getDouble(4)).isEqualTo(IMAGES * 0.25);
        }
    }

    @Test
    void noImageAtAllIsATableToo() throws IOException {
        var file = folder.resolve("none.parquet");
        PredictionTable.write(file, Map.of(), List.of());
        assertThat(PredictionTable.read(file)).isEmpty();
        EmbeddingTable.write(file, Map.of(), List.of(2), List.of());
        assertThat(EmbeddingTable.read(file)).isEmpty();
    }

    @Test
    void aChangedByteIsFound() throws IOException {
        var file = predictions();
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 4;
        Files.write(file, bytes);
        assertThatThrownBy(() -> PredictionTable.read(file)).isInstanceOf(CorruptFileException.class);
    }
}
