package igpt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.testjobs.CommitPoints;
import igpt.testjobs.TestIgpt;
import igpt.testjobs.TestIgpt.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
    private static final String[] TINY = {"images=20", "resolution=4", "colours=4"};

    private Path home;

    @BeforeEach
    void aDataset(@TempDir Path home) throws IOException {
        this.home = home;
        TestIgpt.writeTinyModel(home);
        assertThat(igpt("prepare").code()).isZero();
    }

    @Test
    void whatARunBeginsWithIsMarked() {
        assertThat(TestIgpt.askIgpt(home, "jobs", "probe").out())
                .contains("checkpoint →", "dataset →", "feature_batch *")
                .contains("→ names what the run begins with");
    }

    @Test
    void itTellsWhatOtherRunsHaveMadeAlready() {
        assertThat(igpt("reproduce", "model=tiny", "--dry-run").out())
                .contains("would start a new run\ndataset shapes: unchanged since run 1\n")
                .doesNotContain("model tiny: unchanged");
        assertThat(igpt("prepare", "seed=1", "--dry-run").out()).doesNotContain("unchanged");
    }

    @Test
    void aRunsOwnWorkIsNotAnothers() {
        assertThat(igpt("prepare", "--dry-run").out())
                .contains("run 1 is complete already")
                .doesNotContain("unchanged");
    }

    @Test
    void itTellsTimeMemoryAndDiskByTryingAFewIterationsAndLeavesNothingBehind() throws IOException {
        var before = everything();
        assertThat(igpt("reproduce", "model=tiny", "iterations=10", "--dry-run").out())
                .containsPattern("time: about \\d+ s to train \\(.* an iteration, measured just now\\)")
                .contains("the other steps: not known, no complete run was like it")
                .containsPattern("memory: about \\d+ MiB to train, and .* are free")
                .containsPattern("disk: \\d+ MiB at most for what it keeps, and .* are free");
        assertThat(everything()).isEqualTo(before);
        assertThat(TestIgpt.askIgpt(home, "runs", "--format", "csv").out().lines())
                .hasSize(2);
    }

    @Test
    void itTellsHowLongARunOfTheSameKindTook() {
        assertThat(igpt("prepare", "name=other", "--dry-run").out())
                .containsPattern("time: about \\d+ s for all steps, as in run 1");
    }

    @Test
    void whatIsDoneAlreadyIsLeftOutAndSaid() {
        assertThat(igpt("reproduce", "model=tiny", "--dry-run").out())
                .containsPattern("publish .* done by run 1\n")
                .containsPattern("train .* -\n");
        CommitPoints.watch(point -> {
            if (point.name().equals("prepare palette STARTING")) CommitPoints.stop();
        });
        try {
            assertThat(igpt("prepare", "name=other").code()).isEqualTo(130);
        } finally {
            CommitPoints.ignore();
        }
        assertThat(igpt("prepare", "name=other", "--dry-run").out())
                .contains("would resume run 2")
                .containsPattern("decode .* COMPLETED\n")
                .containsPattern("s for all steps, as in run 1, without what is done already \\(inventory, decode\\)");
    }

    /** And the run has none but those. */
    @Test
    void whatIsNotAskedForIsNoStep() {
        String[] reproduce = {"model=tiny", "iterations=4", "batch=8"};
        var planned = igpt("reproduce", with(reproduce, "--dry-run"));
        assertThat(planned.out())
                .contains("experiments: none asked for\n")
                .containsPattern("(?m)^test ")
                .doesNotContainPattern("(?m)^(milestones|bert|finetuning|fewLabels) ");
        assertThat(igpt("reproduce", with(reproduce, "experiments=bert", "--dry-run"))
                        .out())
                .contains("experiments: bert\n")
                .containsPattern("(?m)^bert ")
                .doesNotContainPattern("(?m)^(milestones|finetuning|fewLabels) ");
        var made = igpt("reproduce", reproduce);
        assertThat(made.code()).as(made.toString()).isZero();
        var steps = TestIgpt.askIgpt(home, "show", "2", "--table", "steps", "--format", "csv");
        assertThat(steps.out().lines().skip(1).map(step -> step.split(",")[1]))
                .containsExactly(
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
        assertThat(TestIgpt.askIgpt(home, "show", "2").out()).contains("experiments: none asked for\n");
        assertThat(TestIgpt.askIgpt(home, "runs").out()).containsPattern("2 +reproduce +COMPLETED");
    }

    @Test
    void aRunOfAnotherKindIsNoGuide() {
        assertThat(igpt("prepare", "part_rows=8", "--dry-run").out()).contains("no complete run was like it");
    }

    private static String[] with(String[] given, String... more) {
        return Stream.of(given, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private List<Path> everything() throws IOException {
        try (var files = Files.walk(home)) {
            return files.toList();
        }
    }

    private Answer igpt(String job, String... more) {
        return TestIgpt.askIgpt(
                home,
                Stream.of(Stream.of("run", job), Stream.of(TINY), Stream.of(more))
                        .flatMap(arguments -> arguments)
                        .toArray(String[]::new));
    }
}
