package igpt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import igpt.model.ModelConfig;
import igpt.testjobs.TestIgpt;
import igpt.testjobs.TestIgpt.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private Path home;

    @BeforeEach
    void aTinyModel(@TempDir Path home) throws IOException {
        this.home = home;
        TestIgpt.writeTinyModel(home);
    }

    private Answer igpt(String... arguments) {
        return TestIgpt.askIgpt(home, arguments);
    }

    @Test
    void trainingAndTheCeilingsAreMeasuredAndKept() {
        var answer = igpt("bench", "train", "model=tiny", "image_size=4", "colours=8", "batch=2", "repeat=2");
        assertThat(answer.code()).as(answer.toString()).isZero();
        assertThat(answer.out())
                .containsPattern("ceiling +2048 x 2048.* bfloat16 product .* GFLOP/s")
                .containsPattern("train +B=2 N=16 D=8 H=2 L=1 V=8 +images ");
        assertThat(igpt(
                                "query",
                                "--format",
                                "csv",
                                "select metric, samples, ceiling, highest >= median and median >= lowest as ordered,"
                                        + " ceiling_share > 0 as share from bench_history"
                                        + " where benchmark = 'train' and metric in ('images', 'model flop') order by metric")
                        .out())
                .isEqualTo(
                        "metric,samples,ceiling,ordered,share\nimages,2,,true,\nmodel flop,2,float32 product,true,true\n");
    }

    /** A lane's work is one after the other; the device has its batch before it begins. */
    @Test
    void aTimelineTellsWhenWhatWasDone() throws IOException {
        var file = home.resolve("timeline.json");
        var tiny = new String[] {"model=tiny", "image_size=4", "colours=8", "batch=2", "repeat=1"};
        assertThat(igpt(Stream.concat(Stream.of("bench", "train", "timeline=" + file), Stream.of(tiny))
                                .toArray(String[]::new))
                        .code())
                .isZero();
        var event = Pattern.compile(
                "\\{\"ph\": \"X\", \"pid\": (\\d+), \"tid\": (\\d+), \"name\": \"(.+?)\", \"ts\": (\\d+), \"dur\": (\\d+)}");
        var ends = new HashMap<String, Long>();
        var names = new ArrayList<String>();
        event.matcher(Files.readString(file)).results().forEach(found -> {
            long from = Long.parseLong(found.group(4));
            assertThat(from).isGreaterThanOrEqualTo(ends.getOrDefault(found.group(1) + " " + found.group(2), 0L));
            ends.put(found.group(1) + " " + found.group(2), from + Long.parseLong(found.group(5)));
            names.add(found.group(3));
        });
        assertThat(names).contains("fill the batch", "iterate", "kept_block", "block_gradient", "nats_and_gradient");
    }

    @Test
    void everyBenchmarkLeavesItsRows() {
        var sizes = new String[] {
            "model=tiny",
            "image_size=4",
            "colours=8",
            "batch=2",
            "repeat=1",
            "images=20",
            "rows=60",
            "features=5",
            "classes=3",
            "runs=60",
            "points=1000"
        };
        var answer = igpt(Stream.concat(Stream.of("bench"), Stream.of(sizes)).toArray(String[]::new));
        assertThat(answer.code()).as(answer.toString()).isZero();
        for (var name : Bench.names()) {
            assertThat(igpt(
                                    "query",
                                    "select count(*) > 0 as found from bench_history where median > 0 and benchmark = '"
                                            + name + "'")
                            .out())
                    .contains("true");
        }
    }

    @Test
    void whileAnotherProcessHasTheDatabaseItIsOnlyPrinted() throws Exception {
        var child = TestIgpt.start(home, "run", "count", "to=200", "pause=100");
        try {
            while (!igpt("runs").out().contains("STARTED")) Thread.sleep(100);
            var answer = igpt("bench", "feed", "model=tiny", "image_size=4", "images=20", "repeat=1");
            assertThat(answer.code()).isZero();
            assertThat(answer.out()).contains("images/s");
            assertThat(answer.err())
                    .contains("what is measured will not be kept: ")
                    .contains("process " + child.pid())
                    .hasLineCount(1);
        } finally {
            child.destroyForcibly().onExit().join();
        }
    }

    @Test
    void whatIsUnknownIsRefusedInOneLine() {
        assertThat(igpt("bench", "trian"))
                .isEqualTo(new Answer(2, "", "igpt: unknown benchmark 'trian': did you mean 'train'?\n"));
        assertThat(igpt("bench", "train", "bach=1"))
                .isEqualTo(new Answer(2, "", "igpt: unknown parameter 'bach': did you mean 'batch'?\n"));
        assertThat(igpt("bench", "train", "batch=4", "micro_batch=3").code()).isEqualTo(2);
        assertThat(igpt("bench", "train", "model=tiny", "timeline=" + home.resolve("none/timeline.json"))
                        .err())
                .contains("cannot write the timeline to ")
                .hasLineCount(1);
        assertThat(igpt("bench", "train", "model=tiny", "heads=3").err())
                .contains("width 8 cannot be shared evenly by 3 heads")
                .hasLineCount(1);
    }

    @Test
    void helpTellsBenchmarksAndParameters() {
        assertThat(igpt("bench", "--help").out())
                .contains("train ")
                .contains("recompute")
                .contains("images per iteration (4)");
    }

    /** By hand: one position's weights 12 · 2² + 2 · 3, and 2 · 2 · 2.5 for the two positions and a half it sees. */
    @Test
    void flopAreTwoAMultiplyAddThreeTimesOver() {
        assertThat(ModelFlop.ofIteration(new ModelConfig(1, 2, 1, 4, 3), 5))
                .isCloseTo(6 * (48 + 6 + 10) * 4 * 5, within(1e-9));
    }

    @Test
    void featuresThatAreNotThereAreSaid() {
        var answer = igpt("bench", "probe", "data=" + home.resolve("none"));
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains("cannot read " + home.resolve("none/X.npy"))
                .hasLineCount(1);
    }
}
