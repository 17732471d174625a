package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.forecast.Forecast;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final OptionalDouble UNKNOWN = OptionalDouble.empty();
    private static final long GIB = 1L << 30;

    @Test
    void whatTakesMoreThanADayIsSaidBeforeItBegins() {
        assertThat(forecast(OptionalDouble.of(90_000), UNKNOWN, GIB).warnings())
                .containsExactly("this will take about 25 h 0 min (0.9 s an iteration, as in run 3)");
        assertThat(forecast(OptionalDouble.of(80_000), OptionalDouble.of(80_000), GIB)
                        .warnings())
                .hasSize(1);
        assertThat(forecast(OptionalDouble.of(80_000), UNKNOWN, GIB).warnings()).isEmpty();
    }

    @Test
    void whatTheDiskMayNotHoldIsSaidBeforeItBegins() {
        assertThat(forecast(UNKNOWN, UNKNOWN, 3 * GIB).warnings())
                .containsExactly(
                        "this may need 3.0 GiB of disk, and 2.0 GiB are free: make room, or choose another folder with IGPT_RUNS");
    }

    @Test
    void whatIsNotKnownIsSaid() {
        assertThat(forecast(OptionalDouble.of(60), UNKNOWN, GIB).lines())
                .contains(
                        "time: about 60 s to train (0.9 s an iteration, as in run 3); the other steps: not known, no complete run was like it");
    }

    @Test
    void whatTheExperimentsTrainIsNotTakenForNothing() {
        assertThat(forecast(OptionalDouble.of(60), UNKNOWN, GIB, "bert", "finetuning")
                        .lines()
                        .get(0))
                .endsWith(
                        "; the other steps, and what is trained in bert, finetuning: not known, no complete run was like it");
    }

    private static Forecast forecast(OptionalDouble training, OptionalDouble rest, long disk, String... launching) {
        var pace = "0.9 s an iteration, as in run 3";
        return new Forecast(
                training,
                pace,
                rest,
                "as in run 2",
                List.of(launching),
                OptionalLong.empty(),
                0,
                OptionalLong.of(disk),
                2 * GIB);
    }
}
