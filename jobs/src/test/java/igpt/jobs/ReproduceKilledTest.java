package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

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
            "inventory", "decode", "palette", "quantize", "publish", "train", "evaluate", "features", "fit", "test");

    private static Map<String, String> files;
    private static List<String> rows;

    @BeforeAll
    static void oneThatIsLeftAlone(@TempDir Path home) throws Exception {
        Workplace undisturbed = Workplace.in(home);
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
        for (String step : STEPS) {
            long logged = killed.log().length();
            Process process = killed.start(Workplace.TINY);
            killed.awaitLog(process, logged, "Executing step: \\[" + step + "\\]");
            boolean ended = process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            if (ended) {
                assertThat(process.exitValue()).isZero(); // the last steps may be through before the kill comes
                break;
            }
        }
        killed.run(0, Workplace.TINY);
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
                "probe/trained/layer-01.npy")) {
            Process process = killed.start(Workplace.TINY);
            assertThat(killed.awaitFile(process, made)).as(made).isTrue();
            process.destroyForcibly().waitFor();
        }
        killed.run(0, Workplace.TINY);
        assertThat(killed.files()).isEqualTo(files);
        assertThat(killed.rows()).isEqualTo(rows);
    }

    @Test
    void aTrainingStoppedBetweenCommitPointsEndsInTheSameBytes(@TempDir Path home) throws Exception {
        Workplace stopped = Workplace.in(home);
        for (String signal : List.of("-TERM", "-INT")) {
            long logged = stopped.log().length();
            Process process = stopped.start(Workplace.TINY);
            stopped.awaitLog(process, logged, "Executing step: \\[train\\]");
            stopped.awaitFile(process, "cache");
            Thread.sleep(3000); // into the first iterations
            new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            process.waitFor();
            assertThat(process.exitValue()).isIn(signal.equals("-TERM") ? 143 : 130, 0);
        }
        stopped.run(0, Workplace.TINY);
        assertThat(stopped.files()).isEqualTo(files);
        assertThat(stopped.rows()).isEqualTo(rows);
    }

    @Test
    void aRunThatIsCompleteIsLeftAsItIs(@TempDir Path home) throws Exception {
        Workplace complete = Workplace.in(home);
        complete.run(0, Workplace.TINY);
        assertThat(complete.run(0, Workplace.TINY)).contains("complete");
        assertThat(complete.files()).isEqualTo(files);
    }
}
