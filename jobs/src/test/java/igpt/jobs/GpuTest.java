package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import igpt.device.Gpus;
import igpt.schema.UserException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine with an NVIDIA GPU: {@code mvn -Pgpu -Dtest=GpuTest -Dsurefire.failIfNoSpecifiedTests=false test}. */
@Tag("gpu")
class GpuTest {
    private String name = "";

    @BeforeEach // before all, the report would not count what is skipped
    void thereIsOne() {
        try {
            name = Gpus.get(List.of(0)).get(0).name();
        } catch (UserException e) {
            abort(e.getMessage());
        }
    }

    @Test
    void itTrainsAndProbesAndAKilledRunEndsInTheSameBytes(@TempDir Path left, @TempDir Path killed) throws Exception {
        Workplace undisturbed = Workplace.in(left);
        undisturbed.run(0, on("gpu"));
        assertThat(undisturbed.run(0, "query", "--format", "csv", "select device from lineage where kind = 'MODEL'"))
                .contains(name);
        Workplace disturbed = Workplace.in(killed);
        for (String made : List.of(
                "model/checkpoint-000010",
                "model/checkpoint-000030",
                "features/trained/layer-00/validation-00000.parquet")) {
            disturbed.killOnceMade("runs/1-reproduce/" + made, on("gpu")); // or it is through already
        }
        disturbed.run(0, on("gpu"));
        assertThat(disturbed.files()).isEqualTo(undisturbed.files());
        assertThat(disturbed.rows()).isEqualTo(undisturbed.rows());
    }

    @Test
    void itsLossesAreTheCpusToWhatTf32Rounds(@TempDir Path one, @TempDir Path other) throws Exception {
        assertThat(loss(Workplace.in(one), "gpu")).isCloseTo(loss(Workplace.in(other), "cpu"), within(0.02));
    }

    @Test
    void twoOfThemLoseWhatOneLoses(@TempDir Path one, @TempDir Path two) throws Exception {
        try {
            Gpus.get(List.of(0, 1));
        } catch (UserException e) {
            abort(e.getMessage());
        }
        assertThat(loss(Workplace.in(two), "gpu:0,1")).isCloseTo(loss(Workplace.in(one), "gpu"), within(1e-4));
    }

    private static double loss(Workplace place, String device) throws Exception {
        place.run(0, on(device));
        String csv = place.run(0, "query", "--format", "csv", "select test_nats from loss_curve where iteration = 40");
        return csv.lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow();
    }

    private static String[] on(String device) {
        return Workplace.with(Workplace.TINY, "device=" + device);
    }
}
