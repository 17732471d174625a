package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photos are classified, embedded and completed, killed between parts and in the tables; compared byte for byte with a run that was left alone. */
class PredictKilledTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void aModelWithItsProbe() throws Exception {
        Workplace.in(folder.resolve("killed")).ask(0, Workplace.TINY);
        new Workplace(folder.resolve("killed")).copyTo(folder.resolve("left"));
        Photos.draw(folder.resolve("photos"), 40, "jpg");
        Files.write(folder.resolve("photos/cat/005.jpg"), new byte[10]); // named once, however often it is met
    }

    @Test
    void aRunKilledAtItsCommitPointsEndsInTheSameBytes() throws Exception {
        String[] classify = {"run", "classify", "data=" + folder.resolve("photos"), "part_rows=30", "feature_batch=16"};
        String[] embed = {
            "run", "embed", "data=" + folder.resolve("photos"), "layer=all", "part_rows=30", "feature_batch=16"
        };
        var left = new Workplace(folder.resolve("left"));
        assertThat(left.ask(0, classify)).contains("79 images; 1 skipped");
        assertThat(left.ask(0, embed)).contains("79 images").contains("1 skipped");

        var killed = new Workplace(folder.resolve("killed"));
        for (int point :
                new int[] {3, 6, 11}) { // a part written and not committed; another committed; the tables written
            assertThat(killed.killAt(point, classify)).isTrue();
        }
        killed.ask(0, classify);
        assertThat(killed.killAt(6, embed)).isTrue();
        killed.ask(0, embed);

        String[] sample = {
            "run", "sample", "complete=" + folder.resolve("photos"), "samples=0", "prompts=6", "completions=1"
        };
        assertThat(left.ask(0, sample)).contains("skipped cat/005.jpg");
        assertThat(killed.killAt(2, sample)).isTrue(); // drawn, and not committed
        killed.ask(0, sample);
        assertThat(killed.files()).isEqualTo(left.files());
        assertThat(killed.files().keySet()).contains("2-classify/classification/predictions.csv");
        assertThat(killed.rows()).isEqualTo(left.rows());
        assertThat(killed.ask(
                        0, "query", "--format", "csv", "select run, source, reason from skipped_images order by 1"))
                .isEqualTo(left.ask(
                        0, "query", "--format", "csv", "select run, source, reason from skipped_images order by 1"));
    }
}
