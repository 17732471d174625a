package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.testjobs.CommitPoints;
import igpt.testjobs.CommitPoints.Point;
import igpt.testjobs.TestIgpt;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run that the user stops at every commit point it has: before, inside and after each call of each step, and between
 * steps, child runs too. Each attempt is stopped at the first point where none was before it.
 */
class StoppedEverywhereTest {
    private static final String[] TINY = {
        "run",
        "reproduce",
        "data=shapes",
        "images=60",
        "resolution=4",
        "colours=4",
        "part_rows=32",
        "model=tiny",
        "batch=8",
        "iterations=20",
        "save_every=10",
        "feature_batch=16",
        "untrained=false",
        "samples=3",
        "prompts=1",
        "completions=2",
        "sample_batch=3"
    };

    private static final List<String> CHAIN = List.of(
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

    @TempDir
    private static Path first;

    @TempDir
    private static Path exported; // a folder of the user's: both places export to it

    private static Workplace undisturbed;

    /** Jobs on what the chain has made, and the steps that are passed, being the chain's. */
    static Stream<Arguments> jobs() {
        return Stream.of(
                Arguments.of("import", List.of("from=" + ImportTest.FIXTURE.resolve("openai"))),
                Arguments.of("classify", List.of("dataset=shapes", "split=all", "part_rows=50", "feature_batch=16")),
                Arguments.of("export", List.of("to=" + exported.resolve("model"))),
                Arguments.of("embed", List.of("dataset=shapes", "layer=all", "part_rows=25", "feature_batch=16")),
                Arguments.of("sample", List.of("samples=3", "complete=validation", "prompts=1", "sample_batch=3")),
                Arguments.of("lowdata", List.of("labels=2", "subsets=2", "untrained=false", "pixels=false")),
                Arguments.of(
                        "sweep",
                        List.of("of=finetune", "rates=0.01,0.0001", "iterations=10", "save_every=10", "batch=8")));
    }

    @BeforeAll
    static void oneThatIsLeftAlone() throws Exception {
        undisturbed = Workplace.in(first);
        undisturbed.ask(0, TINY);
    }

    @AfterEach
    void unwatched() {
        CommitPoints.ignore();
    }

    @Test
    void theChainEndsInTheSameBytes(@TempDir Path home) throws Exception {
        var been = stopEverywhere(Workplace.in(home), TINY, List.of());
        for (var step : CHAIN) {
            assertThat(been).anyMatch(point -> point.startsWith("reproduce " + step + " BEGUN"));
        }
        isTheSame(home, undisturbed);
    }

    @Test
    void aFineTuningEndsInTheSameBytes(@TempDir Path left, @TempDir Path home) throws Exception {
        aJobOnItsModelEndsInTheSameBytes(
                "finetune", List.of("iterations=10", "save_every=10", "batch=8", "fold_back=true"), left, home);
    }

    @Tag(Campaign.TAG)
    @ParameterizedTest
    @MethodSource("jobs")
    void aJobOnItsModelEndsInTheSameBytes(String job, List<String> parameters, @TempDir Path left, @TempDir Path home)
            throws Exception {
        new Workplace(first).copyTo(left);
        new Workplace(first).copyTo(home);
        var run = Stream.concat(Stream.of("run", job), parameters.stream()).toArray(String[]::new);
        comparedStepByStep(run, new Workplace(left), new Workplace(home), List.of());
    }

    /** Each of them is a run that this run launches. */
    @Tag(Campaign.TAG)
    @Test
    void aStudyEndsInTheSameBytes(@TempDir Path left, @TempDir Path home) throws Exception {
        new Workplace(first).copyTo(left);
        new Workplace(first).copyTo(home);
        var study = Workplace.with(TINY, "experiments=lowdata", "lowdata_labels=2");
        comparedStepByStep(study, new Workplace(left), new Workplace(home), CHAIN);
    }

    private static void comparedStepByStep(String[] run, Workplace left, Workplace stopped, List<String> passed)
            throws Exception {
        var steps = new TreeSet<String>();
        CommitPoints.watch(point -> steps.add(point.run().job() + " " + point.step()));
        left.ask(0, run);
        passed.forEach(step -> steps.remove("reproduce " + step));
        var been = stopEverywhere(stopped, run, passed);
        for (var step : steps) {
            assertThat(been).anyMatch(point -> point.startsWith(step + " BEGUN"));
        }
        isTheSame(stopped.home(), left);
    }

    private static Set<String> stopEverywhere(Workplace place, String[] run, List<String> passed) {
        var stops = new Stops(passed, new HashSet<>());
        CommitPoints.watch(stops::at);
        var answer = TestIgpt.askIgpt(place.home(), run);
        for (int attempt = 1; answer.code() == 130; attempt++) {
            assertThat(attempt).as("attempts: " + stops.been).isLessThan(200);
            CommitPoints.resume();
            answer = TestIgpt.askIgpt(place.home(), run);
        }
        assertThat(answer.code()).as(answer.toString()).isZero();
        return stops.been;
    }

    private static void isTheSame(Path home, Workplace other) throws Exception {
        var place = new Workplace(home);
        assertThat(place.files()).isEqualTo(other.files());
        assertThat(place.rows()).isEqualTo(other.rows());
    }

    /** @param passed steps of reproduce that are not stopped */
    private record Stops(List<String> passed, Set<String> been) {
        void at(Point point) {
            boolean passes = point.run().job().equals("reproduce") && passed.contains(point.step());
            if (CommitPoints.stopping() || passes || isOver(point) || !been.add(point.name())) return;
            CommitPoints.stop();
        }

        /** A step that has said that nothing is left is called once more, says so again, and may then end. */
        private boolean isOver(Point point) {
            return point.finished()
                    && point.ofCall()
                    && !been.add("once more " + point.run().number() + point.step());
        }
    }
}
