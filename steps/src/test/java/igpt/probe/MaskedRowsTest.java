package igpt.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import igpt.optim.SoftmaxRegression.Fit;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskedRowsTest {
    /** Says class 1 of positive features. */
    private final Fit fit = new Fit(new double[] {-1, 1}, new double[] {0, 0}, 0, 0, true, 0, "given");

    private static FeatureRows.Rows rows(float... values) {
        return new FeatureRows.Rows(values, new int[] {1, 1, 0, 0}, 1);
    }

    @Test
    void threeMasksVote() {
        var masked = new MaskedRows(List.of(rows(1, -1, 1, 1), rows(1, 1, -1, 1), rows(-1, 1, -1, -1)), 0);
        assertThat(masked.several()).isTrue();
        assertThat(masked.accuracy(fit)).isEqualTo(0.75); // of the first mask alone 0.25
        assertThat(fit.accuracy(masked.first().values(), 4, masked.first().labels()))
                .isEqualTo(0.25);
    }

    @Test
    void oneMaskIsThePredictionItself() {
        var single = new MaskedRows(List.of(rows(1, -1, 1, 1)), 0);
        assertThat(single.several()).isFalse();
        assertThat(single.accuracy(fit)).isEqualTo(0.25);
    }

    @Test
    void theLossIsTheMeanOverMasks() {
        double right = Math.log(1 + Math.exp(-2));
        double wrong = 2 + right;
        var masked = new MaskedRows(List.of(rows(1, 1, -1, -1), rows(1, 1, 1, 1)), 0);
        assertThat(masked.loss(fit)).isCloseTo((6 * right + 2 * wrong) / 8, within(1e-12));
    }
}
