package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs 1 and 2 prepare images in the same colours, run 3 trains on the first, run 4 continues from it and is killed. */
class PretrainKilledTest {
    private static final String[] PREPARE = {"run", "prepare", "images=60", "resolution=4", "colours=4"};
    private static final String[] PRETRAIN = {"run", "pretrain", "model=tiny", "batch=8", "save_every=20"};
    private static final String[] FURTHER =
            Workplace.with(PRETRAIN, "dataset=others", "train_on=all", "checkpoint=3", "iterations=200");

    @Test
    void aTrainingFromACheckpointOnAllOfOtherImagesThatIsKilledEndsInTheSameBytes(@TempDir Path folder)
            throws Exception {
        Workplace left = Workplace.in(folder.resolve("left"));
        left.ask(0, PREPARE);
        Path palette = left.home().resolve("runs/1-prepare/dataset/palette.npy");
        left.ask(0, Workplace.with(PREPARE, "name=others", "seed=1", "palette=" + palette));
        left.ask(0, Workplace.with(PRETRAIN, "dataset=shapes", "seed=1", "iterations=20"));
        Workplace killed = new Workplace(folder.resolve("killed"));
        left.copyTo(killed.home());

        assertThat(left.ask(0, FURTHER)).contains("model tiny (run 3), iteration 20");
        assertThat(killed.killOnceMade("runs/4-pretrain/model/checkpoint-000040", FURTHER))
                .isTrue();
        assertThat(killed.ask(0, "runs", "--format", "csv")).contains("4,1,pretrain,KILLED");
        assertThat(killed.ask(0, FURTHER)).contains("resumes from the checkpoint of iteration ");
        assertThat(killed.files())
                .isEqualTo(left.files())
                .containsKey("4-pretrain/model/checkpoint-000200/weights.index");
        assertThat(killed.rows()).isEqualTo(left.rows());
        assertThat(curves(killed)).isEqualTo(curves(left)).contains("loss, nats a pixel");
        var learntFrom = "select count(validation_nats) as validated from loss_curve where run = 4";
        assertThat(killed.ask(0, "query", "--format", "csv", learntFrom)).isEqualTo("validated\n0\n");
    }

    /** What the report draws of run 4: one line, however often it was killed. */
    private static String curves(Workplace place) throws IOException {
        var folder = place.home().resolve("figures");
        place.ask(0, "report", "4", "--figures", folder.toString());
        try (var files = Files.list(folder)) {
            var curves = files.filter(file -> file.toString().matches(".*/training-\\d+\\.svg"))
                    .toList();
            assertThat(curves).hasSize(1);
            return Files.readString(curves.get(0));
        }
    }
}
