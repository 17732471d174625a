package igpt.console;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.forecast.Durations;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunMeterTest {
    private static final long START = 1_000_000_000_000L;

    private static long after(long seconds) {
        return START + TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void itTellsRateAndTimeLeftInTheUnitsAskedFor() {
        var meter = new RunMeter("train", 100, 1200, "iterations", "images", 32, START);
        meter.set(110, "loss 2.31 lr 0.003", after(5));
        assertThat(meter.line(after(5))).isEqualTo("train 110/1200 loss 2.31 lr 0.003 64 images/s 9 min left");
    }

    @Test
    void aSlowFirstIterationIsForgottenAfterAWhile() {
        var meter = new RunMeter("train", 0, 1000, "iterations", "iterations", 1, START);
        meter.set(1, "", after(100));
        meter.set(101, "", after(110));
        assertThat(meter.extra(after(110))).startsWith("10 iterations/s");
    }

    /** Whenever it is looked at: a batch is done at once, and nothing in between. */
    @Test
    void workInLargePiecesHasThePaceOfThePieces() {
        var meter = new RunMeter("embed", 0, 320, "images", "images", 1, START);
        for (int second = 1; second <= 90; second++) {
            meter.set(32L * (second / 20), "", after(second));
            if (second >= 20) {
                assertThat(meter.extra(after(second))).as("after " + second).startsWith("1.6 images/s");
            }
        }
        meter.set(128, "", after(280)); // it stands still
        assertThat(meter.extra(after(280))).startsWith("9.6 images/min");
    }

    @Test
    void aSlowPaceIsToldByTheMinuteOrTheHour() {
        var byTheMinute = new RunMeter("fit", 0, 5, "layers", "layers", 1, START);
        byTheMinute.set(1, "", after(24));
        assertThat(byTheMinute.extra(after(24))).isEqualTo("2.5 layers/min 96 s left");
        var byTheHour = new RunMeter("fit", 0, 5, "layers", "layers", 1, START);
        byTheHour.set(1, "", after(1200));
        assertThat(byTheHour.extra(after(1200))).isEqualTo("3.0 layers/h 80 min left");
    }

    @Test
    void anUnknownTotalIsCountedUp() {
        var meter = new RunMeter("inventory", 0, 0, "images", "images", 1, START);
        meter.set(7, "", after(2));
        assertThat(meter.line(after(2))).isEqualTo("inventory 7 images 3.5 images/s");
    }

    @Test
    void durationsHaveTwoFiguresAtMost() {
        assertThat(Durations.words(41.4)).isEqualTo("41 s");
        assertThat(Durations.words(120)).isEqualTo("2 min");
        assertThat(Durations.words(11_520)).isEqualTo("3 h 12 min");
    }
}
