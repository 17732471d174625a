package igpt.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import igpt.optim.SoftmaxRegression.Fit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardizationTest {
    private static final int ROWS = 300;
    private static final int WIDTH = 4;

    private final int[] labels = new int[ROWS];

    @Test
    void everyFeatureHasMeanZeroAndDeviationOneAndAConstantStaysFinite() {
        float[] x = features();
        Standardization.of(x, ROWS, WIDTH).apply(x);
        for (int i = 0; i < WIDTH; i++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < ROWS; row++) {
                sum += x[row * WIDTH + i];
                squares += x[row * WIDTH + i] * x[row * WIDTH + i];
            }
            assertThat(sum / ROWS).isCloseTo(0, within(1e-5));
            assertThat(squares / ROWS).isCloseTo(i == 3 ? 0 : 1, within(1e-4));
        }
    }

    @Test
    void theUnfoldedClassifierSaysTheSameOfTheFeaturesAsTheyWere() {
        float[] raw = features();
        float[] x = raw.clone();
        Standardization standardization = Standardization.of(x, ROWS, WIDTH);
        standardization.apply(x);
        Fit fit;
        try (SoftmaxRegression regression = new SoftmaxRegression(x, ROWS, WIDTH, labels, 3, 1)) {
            fit = regression.fit(1, null);
        }
        assertThat(standardization.unfold(fit).predict(raw, ROWS)).isEqualTo(fit.predict(x, ROWS));
        assertThat(fit.accuracy(x, ROWS, labels)).isGreaterThan(0.8);
    }

    /** Of very different sizes; the last one constant. */
    private float[] features() {
        Random random = new Random(3);
        float[] x = new float[ROWS * WIDTH];
        for (int row = 0; row < ROWS; row++) {
            labels[row] = row % 3;
            x[row * WIDTH] = (float) (1e-3 * (labels[row] + 0.3 * random.nextGaussian()));
            x[row * WIDTH + 1] = (float) (50 + 20 * random.nextGaussian());
            x[row * WIDTH + 2] = (float) random.nextGaussian();
            x[row * WIDTH + 3] = 7;
        }
        return x;
    }
}
