package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole chain in processes of its own, killed and stopped; compared byte for byte with one that was left alone. */
class ReproduceKilledTest {
    private static final List<String> STEPS = List.of(
            "inventory",
            "decode",
            "palette",
            "quantize",
            "publish",
            "train",
            "evaluate",
            "features",
            "fit",
            "test",
            "draw");

    private static final String RUN = "runs/1-reproduce/";

    @TempDir
    private static Path left;

    private static Workplace undisturbed;
    private static Map<String, String> files;
    private static List<String> rows;

    @BeforeAll
    static void oneThatIsLeftAlone() throws Exception {
        undisturbed = Workplace.in(left);
        String said = undisturbed.run(0, Workplace.TINY);
        assertThat(said).contains("test accuracy of a linear probe");
        files = undisturbed.files();
        rows = undisturbed.rows();
        assertThat(files.keySet()).anyMatch(name -> name.contains("checkpoint-000040"));
    }

    @Test
    void aRunKilledInEveryStepEndsInTheSameBytes(@TempDir Path home) throws Exception {
        Workplace killed = Workplace.in(home);
        Random random = new Random(20);
        for (int next = 0; next < STEPS.size(); ) { // a step may be through before the kill of the one before it comes
            long logged = killed.log().length();
            Process process = killed.start(Workplace.TINY);
            String left = String.join("|", STEPS.subList(next, STEPS.size()));
            String begun = killed.awaitLog(process, logged, "Executing step: \\[(" + left + ")\\]");
            boolean ended = process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            next = ended ? STEPS.size() : STEPS.indexOf(begun) + 1;
        }
        killed.ask(0, Workplace.TINY);
        assertThat(killed.files()).isEqualTo(files);
        assertThat(killed.rows()).isEqualTo(rows);
    }

    /** Between two commit points: something is done, something is not. */
    @Test
    void aRunKilledInTheMiddleOfAStepEndsInTheSameBytes(@TempDir Path home) throws Exception {
        Workplace killed = Workplace.in(home);
        for (String made : List.of(
                "dataset/pixels/train-00000.rgb",
                "dataset/train-00001.parquet",
                "model/checkpoint-000010",
                "model/checkpoint-000030",
                "features/trained/layer-00/validation-00000.parquet",
                "features/untrained/layer-01/train-00000.parquet",
                "probe/trained/layer-01.npy",
                "samples/tokens/00004.parquet")) {
            assertThat(killed.killOnceMade(RUN + made, Workplace.TINY)).as(made).isTrue();
        }
        killed.ask(0, Workplace.TINY);
        assertThat(killed.files()).isEqualTo(files);
        assertThat(killed.rows()).isEqualTo(rows);
    }

    @Test
    void aDamagedCheckpointIsPassedOverForTheOneBeforeIt(@TempDir Path home) throws Exception {
        Workplace damaged = Workplace.in(home);
        assertThat(damaged.killOnceMade(RUN + "model/checkpoint-000030", Workplace.TINY))
                .isTrue();
        for (String checkpoint : List.of("checkpoint-000020", "checkpoint-000030")) { // 30 may not have its row yet
            Path weights = home.resolve(RUN + "model").resolve(checkpoint).resolve("weights.data-00000-of-00001");
            byte[] bytes = Files.readAllBytes(weights);
            bytes[bytes.length / 2] ^= 1;
            Files.write(weights, bytes);
        }
        String said = damaged.ask(0, Workplace.TINY);
        assertThat(said)
                .contains("checkpoint-000020 is damaged: back to the one before it")
                .contains("resumes from the checkpoint of iteration 10");
        assertThat(damaged.files()).isEqualTo(files);
        assertThat(damaged.rows()).isEqualTo(rows);
    }

    @Test
    void aTrainingStoppedBetweenCommitPointsEndsInTheSameBytes(@TempDir Path home) throws Exception {
        Workplace stopped = Workplace.in(home);
        for (String made : List.of("model/checkpoint-000010", "model/checkpoint-000030")) {
            Process process = stopped.start(Workplace.TINY);
            stopped.awaitPath(process, RUN + made);
            process.destroy(); // SIGTERM
            process.waitFor();
            assertThat(process.exitValue()).isIn(143, 0); // 0: the run was through before the signal came
        }
        stopped.ask(0, Workplace.TINY);
        assertThat(stopped.files()).isEqualTo(files);
        assertThat(stopped.rows()).isEqualTo(rows);
    }

    /** Run 1 prepares, run 2 trains and is killed for good, run 3 wants the same model. */
    @Test
    void aModelThatAKilledRunLeftHalfMadeIsFinishedByAnother(@TempDir Path home) throws Exception {
        Workplace taken = Workplace.in(home);
        taken.ask(0, "run", "prepare", "data=shapes", "images=150", "resolution=8", "colours=8", "part_rows=64");
        assertThat(taken.killOnceMade(
                        "runs/2-pretrain/model/checkpoint-000020",
                        "run",
                        "pretrain",
                        "model=tiny",
                        "batch=8",
                        "iterations=40",
                        "save_every=10",
                        "validation_images=15"))
                .isTrue();
        assertThat(taken.ask(0, Workplace.TINY))
                .contains("dataset shapes: unchanged since run 1")
                .contains("resumes from the checkpoint of iteration");
        String weights = "model/checkpoint-000040/weights.data-00000-of-00001";
        assertThat(taken.files().get("2-pretrain/" + weights)).isEqualTo(files.get("1-reproduce/" + weights));
        String probe = "probe/trained/layer-02.npy";
        assertThat(taken.files().get("3-reproduce/" + probe)).isEqualTo(files.get("1-reproduce/" + probe));
    }

    @Test
    void aRunThatIsCompleteIsLeftAsItIs() throws Exception {
        assertThat(undisturbed.ask(0, Workplace.TINY)).contains("complete");
        assertThat(undisturbed.files()).isEqualTo(files);
        assertThat(undisturbed.rows()).isEqualTo(rows);
    }
}
