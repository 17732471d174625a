package igpt.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrengthSearchTest {

    private final StrengthSearch<Double> search = new StrengthSearch<>();

    /** The strengths tried where validation gives these accuracies. */
    private List<Double> tried(double... accuracies) {
        List<Double> tried = new ArrayList<>();
        while (search.goesOn()) {
            tried.add(search.strength());
            search.add(search.strength(), accuracies[tried.size() - 1]);
        }
        return tried;
    }

    @Test
    void itEndsWhereTheAccuracyFalls() {
        assertThat(tried(0.5, 0.6, 0.6, 0.55)).containsExactly(1e-1, 1e-2, 1e-3, 1e-4);
        assertThat(search.bestStrength()).isEqualTo(1e-2); // the stronger of two that are as good
        assertThat(search.best()).isEqualTo(1e-2);
        assertThat(search.bestAccuracy()).isEqualTo(0.6);
    }

    @Test
    void itGoesBeyondTheUsualStrengthsWhileTheAccuracyRises() {
        assertThat(tried(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.6)).endsWith(1e-5, 1e-6, 1e-7);
        assertThat(search.bestStrength()).isEqualTo(1e-6);
    }

    @Test
    void withoutARiseItEndsAtTheLastUsualOne() {
        assertThat(tried(0.5, 0.5, 0.5, 0.5, 0.5)).hasSize(5);
        assertThat(search.bestStrength()).isEqualTo(1e-1);
    }

    @Test
    void itEndsSomewhereThoughTheAccuracyRisesForEver() {
        assertThat(tried(.1, .2, .3, .4, .5, .6, .7, .8, .9, 1)).hasSize(10).endsWith(1e-10);
    }
}
