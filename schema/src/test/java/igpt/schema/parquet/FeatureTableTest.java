package igpt.schema.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.file.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureTableTest {
    @TempDir
    Path folder;

    private static Features features(int n, int width) {
        var random = new Random(n);
        var values = new float[n * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Features(
                LongStream.range(0, n).toArray(),
                IntStream.range(0, n).map(i -> i % 10).toArray(),
                values,
                width);
    }

    private Path write(String name, Features f) throws IOException {
        var file = folder.resolve(name);
        FeatureTable.write(file, Map.of("layer", "4"), f.ids(), f.labels(), f.values(), f.width());
        return file;
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 1", "257, 16", "5000, 33", "70, 3000"})
    void whatIsWrittenIsRead(int n, int width) throws IOException {
        var features = features(n, width);

        var read = FeatureTable.read(write("f.parquet", features));

        assertThat(read.width()).isEqualTo(width);
        assertThat(Arrays.equals(read.ids(), features.ids())).isTrue();
        assertThat(Arrays.equals(read.labels(), features.labels())).isTrue();
        assertThat(Arrays.equals(read.values(), features.values())).isTrue();
    }

    @Test
    void everyBitIsKept() throws IOException {
        float[] odd = {-0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, -Float.MAX_VALUE, 1e-40f};
        var read = FeatureTable.read(write("f.parquet", new Features(new long[2], new int[2], odd, 3)));

        for (int i = 0; i < odd.length; i++) {
            assertThat(Float.floatToRawIntBits(read.values()[i])).isEqualTo(Float.floatToRawIntBits(odd[i]));
        }
    }

    @Test
    void theSameFeaturesGiveTheSameBytes() throws IOException {
        var features = features(300, 7);

        assertThat(write("a.parquet", features)).hasSameBinaryContentAs(write("b.parquet", features));
    }

    @Test
    void duckDbReadsThemAsAList() throws Exception {
        var features = features(300, 4);
        var file = write("f.parquet", features);

        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery("select id, label, features from '" + file + "' order by id")) {
            for (int i = 0; i < 300; i++) {
                assertThat(result.next()).isTrue();
                assertThat(result.getLong(1)).isEqualTo(i);
                assertThat(result.getInt(2)).isEqualTo(i % 10);
                var list = (Object[]) result.getArray(3).getArray();
                for (int f = 0; f < 4; f++) {
                    assertThat(list[f]).isEqualTo(features.values()[4 * i + f]);
                }
            }
        }
    }

    @Test
    void aChangedValueIsFound() throws IOException {
        var file = write("f.parquet", features(300, 64));
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);

        assertThatThrownBy(() -> FeatureTable.read(file))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("f.parquet");
    }
}
