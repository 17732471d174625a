package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Pictures with bytes changed, cut off or put in at random: each is read, or left out and named. */
@Tag(Campaign.TAG)
class BrokenFilesCampaignTest {
    private static final int FILES = Campaign.count("igpt.files", 10_000);
    private static final List<String> FORMATS = List.of("jpg", "png", "gif", "bmp", "tiff");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path root;

    @Test
    void everyFileIsReadOrNamed() throws Exception {
        var random = Campaign.random("broken files");
        for (int i = 0; i < FILES; i++) {
            var format = FORMATS.get(random.nextInt(FORMATS.size()));
            var file =
                    root.resolve("photos").resolve(i % 2 == 0 ? "cat" : "dog").resolve("%05d.%s".formatted(i, format));
            Files.createDirectories(file.getParent());
            var whole = encoded(Photos.picture(i % 2 == 0 ? 0x800000 : 0x000080, random), format);
            Files.write(
                    file,
                    i % 10 < 2 ? whole : damaged(whole, random)); // some whole: there must be something to prepare
        }
        var place = Workplace.in(root.resolve("home"));
        place.run(
                0,
                "run",
                "prepare",
                "data=" + root.resolve("photos"),
                "resolution=8",
                "colours=8",
                "part_rows=512",
                "broken=1");
        var counts = place.ask(
                0,
                "query",
                "--format",
                "csv",
                "select train_rows + validation_rows + test_rows, skipped from dataset_catalogue");
        var numbers = counts.lines().skip(1).findFirst().orElseThrow().split(",");
        System.out.printf("of %d files %s read, %s left out%n", FILES, numbers[0], numbers[1]);
        assertThat(Integer.parseInt(numbers[0])).isGreaterThanOrEqualTo(FILES / 5);
        assertThat(Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1])).isLessThanOrEqualTo(FILES);
    }

    private static byte[] encoded(BufferedImage picture, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, out)).as(format).isTrue();
        return out.toByteArray();
    }

    /** Cut off, or with bytes changed: half of them within the headers, where sizes stand. */
    private static byte[] damaged(byte[] whole, Random random) {
        var bytes = random.nextInt(3) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
        int reach = random.nextBoolean() ? Math.min(64, bytes.length) : bytes.length;
        for (int changes = random.nextInt(16); changes > 0 && reach > 0; changes--) {
            bytes[random.nextInt(reach)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
