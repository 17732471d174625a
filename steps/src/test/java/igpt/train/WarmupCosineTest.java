package igpt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WarmupCosineTest {
    private final WarmupCosine schedule = new WarmupCosine(0.003, 10, 110);

    @Test
    void warmsUpLinearlyToThePeak() {
        assertThat(schedule.at(0)).isCloseTo(0.0003, within(1e-12));
        assertThat(schedule.at(9)).isCloseTo(0.003, within(1e-12));
        assertThat(schedule.at(10)).isCloseTo(0.003, within(1e-12));
    }

    @Test
    void fallsAsACosineToZero() {
        assertThat(schedule.at(60)).isCloseTo(0.0015, within(1e-12));
        assertThat(schedule.at(110)).isCloseTo(0, within(1e-12));
    }

    @Test
    void aTrainingWithoutWarmupBeginsAtThePeak() {
        assertThat(new WarmupCosine(0.003, 0, 5).at(0)).isCloseTo(0.003, within(1e-12));
    }
}
