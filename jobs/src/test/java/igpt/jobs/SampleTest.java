package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.picture.Pictures;
import igpt.testjobs.TestIgpt;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images drawn from a tiny model. */
class SampleTest {
    private static final String DRAWN = "select place, source, nats_a_pixel, sha256 from samples where run = ";

    @TempDir
    private static Path home;

    private static Workplace place;
    private static String said;

    @BeforeAll
    static void aTinyModel() throws Exception {
        place = Workplace.in(home);
        said = place.ask(0, Workplace.TINY);
    }

    @Test
    void theChainEndsInAPicture() throws Exception {
        Path grid = home.resolve("runs/1-reproduce/samples/grid.png");
        assertThat(said).contains("a picture of them: " + grid);
        var picture = ImageIO.read(grid.toFile());
        // Two rows of completions, original and given part before them; then six images, four a row; 8 x 8 as 96 x 96.
        assertThat(picture.getWidth()).isEqualTo(4 * (96 + 4) + 4);
        assertThat(picture.getHeight()).isEqualTo(4 * (96 + 4) + 4);
        assertThat(
                        place.ask(
                                0,
                                "query",
                                "--format",
                                "csv",
                                "select drawn, count(*) from (select case completion when 0"
                                        + " then 'whole' else source end as drawn from samples where run = 1) group by drawn order by 1"))
                .contains("test/")
                .contains("whole,6")
                .hasLineCount(1 + 2 + 1);
        assertThat(place.ask(0, "show", "1", "--table", "samples", "--format", "csv"))
                .contains("whole,6,")
                .contains("completions,4,");
    }

    @Test
    void aDryRunTriesAFewPositions() {
        assertThat(place.ask(0, "run", "sample", "samples=70", "seed=9", "checkpoint=1", "--dry-run"))
                .containsPattern("time: about \\d+ s for all steps, .* for 32 images, measured just now");
    }

    @Test
    void picturesDoNotDependOnTheBatch() {
        String[] run = {
            "run", "sample", "samples=5", "complete=test", "prompts=2", "completions=1", "checkpoint=1", "seed=3"
        };
        String one = drawn(Workplace.with(run, "sample_batch=1"));
        assertThat(one).hasLineCount(1 + 5 + 2);
        assertThat(drawn(Workplace.with(run, "sample_batch=7", "--again"))).isEqualTo(one);
        run[run.length - 1] = "seed=4";
        assertThat(drawn(run)).isNotEqualTo(one);
    }

    /** What was drawn by the run that these arguments start. */
    private static String drawn(String... run) {
        place.ask(0, run);
        String newest = place.ask(0, "query", "--format", "csv", "select max(run) from samples")
                .lines()
                .toList()
                .get(1);
        return place.ask(0, "query", "--format", "csv", DRAWN + newest + " order by place");
    }

    @Test
    void aUsersOwnPicturesAreCompleted(@TempDir Path pictures) throws Exception {
        byte[] rgb = new byte[3 * 40 * 30];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7);
        }
        Pictures.write(Pictures.of(rgb, 40, 30), pictures.resolve("b/photo.png"));
        Pictures.write(Pictures.of(rgb, 30, 40), pictures.resolve("a.png"));
        Files.writeString(pictures.resolve("broken.png"), "no picture");
        String answer = place.ask(
                0,
                "run",
                "sample",
                "complete=" + pictures,
                "samples=0",
                "completions=1",
                "checkpoint=1",
                "given=0.25",
                "temperature=0");
        assertThat(answer).contains("skipped broken.png").contains("completions        2 images");
        assertThat(drawnOfNewest()).contains("a.png").contains("b/photo.png");
        assertThat(place.ask(
                        0,
                        "query",
                        "--format",
                        "csv",
                        "select source, reason from skipped_images where run = (select max(run) from samples)"))
                .endsWith("broken.png,no picture of a kind that is read" + System.lineSeparator());
    }

    private static String drawnOfNewest() {
        return place.ask(
                0,
                "query",
                "--format",
                "csv",
                "select source from samples where run = (select max(run) from samples) and given_rows = 2");
    }

    @Test
    void whatCannotBeDrawnIsRefusedInOneLine(@TempDir Path empty, @TempDir Path broken) throws Exception {
        Files.writeString(broken.resolve("broken.png"), "no picture");
        refused(
                "complete: none of the images of %s can be read (broken.png: no picture of a kind that is read)"
                        .formatted(broken.getFileName()),
                "checkpoint=1",
                "complete=" + broken);
        refused("there is nothing to draw", "checkpoint=1", "samples=0");
        refused("'given' cannot be 0.01: none of the 8 rows", "checkpoint=1", "complete=test", "given=0.01");
        refused("'given' cannot be 0.99: all of the 8 rows", "checkpoint=1", "complete=test", "given=0.99");
        refused("no such file or folder", "checkpoint=1", "complete=" + empty.resolve("nothing"));
        refused("is empty", "checkpoint=1", "complete=" + empty);
        assertThat(place.ask(2, "run", "reproduce", "complete=" + broken))
                .contains("reproduce completes images of its own dataset, test, validation or train, or none");
        refused("'temperature' cannot be '-1'", "checkpoint=1", "temperature=-1");
        refused("'top_p' cannot be '0'", "checkpoint=1", "top_p=0");
        refused("no checkpoint at iteration 7", "checkpoint=1@7");
    }

    @Test
    void aBertModelCannotDraw() {
        place.ask(0, "run", "pretrain", "objective=bert", "model=tiny", "batch=8", "iterations=1", "dataset=1");
        String run = place.ask(
                        0, "query", "--format", "csv", "select max(run) from model_catalogue where objective = 'bert'")
                .lines()
                .toList()
                .get(1);
        refused("a BERT model cannot draw", "checkpoint=" + run);
    }

    private static void refused(String why, String... parameters) {
        var answer = TestIgpt.askIgpt(home, Workplace.with(new String[] {"run", "sample"}, parameters));
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().lines().filter(line -> line.startsWith("igpt: ")))
                .hasSize(1);
        assertThat(answer.err()).contains(why).doesNotContain("\tat ");
    }
}
