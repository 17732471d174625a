package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of JPEGs, whose decoder is the first to ask TensorFlow for threads: in a resumed process it is not. */
class PhotosKilledTest {
    private static final String RUN = "runs/1-reproduce/";

    @TempDir
    private static Path photos;

    private static String[] reproduce() {
        return new String[] {
            "run",
            "reproduce",
            "data=" + photos,
            "resolution=8",
            "colours=8",
            "part_rows=32",
            "model=tiny",
            "batch=8",
            "iterations=40",
            "save_every=10",
            "validation_images=10",
            "feature_batch=16",
            "untrained=false",
            "pixels=false"
        };
    }

    /** What others left compiled is of another batch: taken for one's own, it once corrupted the memory. */
    @Test
    void aRunOnOneCoreAndOnAllInTurnsEndsInTheSameBytes(@TempDir Path left, @TempDir Path home) throws Exception {
        Photos.draw(photos, 50, "jpg");
        Workplace undisturbed = Workplace.in(left);
        undisturbed.run(0, reproduce());
        Workplace killed = Workplace.in(home);
        assertThat(killed.killOnceMade(RUN + "dataset/train-00000.parquet", reproduce()))
                .isTrue();
        assertThat(killed.killOnceMade(RUN + "model/checkpoint-000010", reproduce()))
                .isTrue();
        Process onOneCore = killed.startOnOneCore(reproduce());
        assertThat(killed.awaitPath(onOneCore, RUN + "model/checkpoint-000030")).isTrue();
        onOneCore.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        killed.run(0, reproduce());
        assertThat(killed.files()).isEqualTo(undisturbed.files());
        assertThat(killed.rows()).isEqualTo(undisturbed.rows());
    }
}
