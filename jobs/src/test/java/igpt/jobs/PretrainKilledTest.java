package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Runs 1 and 2 prepare images in the same colours, run 3 trains on the first; what run 4 makes of that is killed. */
class PretrainKilledTest {
    private static final String[] FURTHER = pretrain("dataset=others", "checkpoint=3", "iterations=200");
    private static final String[] ON_ALL = pretrain("dataset=shapes", "train_on=all", "iterations=200");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void aModel() throws Exception {
        Workplace place = Workplace.in(folder.resolve("prepared"));
        place.ask(0, "run", "prepare", "images=60", "resolution=4", "colours=4");
        Path palette = place.home().resolve("runs/1-prepare/dataset/palette.npy");
        place.ask(
                0,
                "run",
                "prepare",
                "name=others",
                "seed=1",
                "images=60",
                "resolution=4",
                "colours=4",
                "palette=" + palette);
        place.ask(0, pretrain("dataset=shapes", "seed=1", "iterations=20"));
    }

    private static String[] pretrain(String... more) {
        return Workplace.with(
                new String[] {"run", "pretrain", "model=tiny", "batch=8", "save_every=20", "validation_images=4"},
                more);
    }

    @Test
    void aTrainingOnOtherImagesFromACheckpointThatIsKilledEndsInTheSameBytes() throws Exception {
        assertThat(killed(FURTHER)).contains("model tiny (run 3), iteration 20");
    }

    @Test
    void aTrainingOnTheValidationImagesTooThatIsKilledEndsInTheSameBytes() throws Exception {
        killed(ON_ALL);
    }

    /** What the run said that went on with the killed one. */
    private static String killed(String[] run) throws Exception {
        Workplace left = copy("left");
        Workplace killed = copy("killed");
        left.ask(0, run);
        assertThat(killed.killOnceMade("runs/4-pretrain/model/checkpoint-000040", run))
                .isTrue();
        assertThat(killed.ask(0, "runs", "--format", "csv")).contains("4,1,pretrain,KILLED");
        String said = killed.ask(0, run);
        assertThat(said).contains("goes on from the checkpoint of iteration ");
        assertThat(killed.files())
                .isEqualTo(left.files())
                .containsKey("4-pretrain/model/checkpoint-000200/weights.index");
        assertThat(killed.rows()).isEqualTo(left.rows());
        FileSystemUtils.deleteRecursively(left.home());
        FileSystemUtils.deleteRecursively(killed.home());
        return said;
    }

    private static Workplace copy(String name) throws Exception {
        FileSystemUtils.copyRecursively(folder.resolve("prepared"), folder.resolve(name));
        return new Workplace(folder.resolve(name));
    }
}
