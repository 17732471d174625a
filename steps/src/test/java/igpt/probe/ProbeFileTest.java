package igpt.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.optim.SoftmaxRegression.Fit;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier that says nothing is refused, not asked. */
class ProbeFileTest {
    @TempDir
    private Path folder;

    private static Fit fit(double... weights) {
        return new Fit(weights, new double[] {0.5, Double.NEGATIVE_INFINITY}, 1, 1, true, 0, "");
    }

    private Path written(double... weights) throws IOException {
        Path file = folder.resolve("layer-00.npy");
        ProbeFile.write(file, fit(weights));
        return file;
    }

    private static void assertRefused(Path file, int classes, String why) {
        assertThatThrownBy(() -> ProbeFile.read(file, classes))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }

    @Test
    void aClassifierComesBackAsItWas() throws Exception {
        Fit read = ProbeFile.read(written(1, -2, 0, 4, 5, 1e-300), 2);
        assertThat(read.weights()).containsExactly(1, -2, 0, 4, 5, 1e-300);
        assertThat(read.intercept()).containsExactly(0.5, Double.NEGATIVE_INFINITY);
    }

    @Test
    void oneThatWasNeverFittedIsRefused() throws Exception {
        assertRefused(written(0, 0, -0.0, 0), 2, "never fitted");
    }

    @Test
    void oneThatDivergedIsRefused() throws Exception {
        assertRefused(written(1, Double.NaN, 0, 0), 2, "diverged");
        assertRefused(written(1, Double.POSITIVE_INFINITY, 0, 0), 2, "diverged");
    }

    @Test
    void aFileThatIsMissingOrDamagedOrOfOtherClassesIsRefused() throws Exception {
        assertRefused(folder.resolve("none.npy"), 2, "missing");
        Path file = written(1, 2, 3, 4);
        assertRefused(file, 3, "a classifier of 2 classes, not of 3");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused(file, 2, "cut short");
        Files.write(file, Arrays.copyOf(bytes, 40));
        assertRefused(file, 2, "no float64 NumPy file");
        Files.writeString(file, "weights");
        assertRefused(file, 2, "no float64 NumPy file");
    }
}
