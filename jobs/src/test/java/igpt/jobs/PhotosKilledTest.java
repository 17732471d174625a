package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
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

    private static void draw() throws IOException {
        Random random = new Random(0);
        for (String name : new String[] {"cat", "dog"}) {
            Files.createDirectories(photos.resolve(name));
            for (int i = 0; i < 50; i++) {
                BufferedImage image = new BufferedImage(24, 18, BufferedImage.TYPE_INT_RGB);
                int ground = name.equals("cat") ? 0x800000 : 0x000080;
                for (int pixel = 0; pixel < 24 * 18; pixel++) {
                    image.setRGB(pixel % 24, pixel / 24, ground + (random.nextInt() & 0x3f3f3f));
                }
                ImageIO.write(
                        image, "jpg", photos.resolve(name).resolve(i + ".jpg").toFile());
            }
        }
    }

    /** What others left compiled is of another batch: taken for one's own, it once corrupted the memory. */
    @Test
    void aRunOnOneCoreAndOnAllInTurnsEndsInTheSameBytes(@TempDir Path left, @TempDir Path home) throws Exception {
        draw();
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
