package igpt.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import igpt.optim.SoftmaxRegression.Fit;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SgdTest {
    private static final int TRAIN = 700; // of 1000 digits
    private static final int TEST = 300;
    private static final int WIDTH = 64;
    private static final double[] RATES = {1, 0.3, 0.003};

    private final float[] train = new float[TRAIN * WIDTH];
    private final float[] test = new float[TEST * WIDTH];
    private int[] labels;
    private int[] testLabels;

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(SgdTest.class.getResource(name).toURI());
    }

    @BeforeEach
    void standardizedDigits() throws IOException, URISyntaxException {
        var bytes = Npy.read(resource("digits.npy")).data;
        for (int i = 0; i < train.length; i++) {
            train[i] = bytes.get(i);
        }
        for (int i = 0; i < test.length; i++) {
            test[i] = bytes.get(train.length + i);
        }
        var standardization = Standardization.of(train, TRAIN, WIDTH);
        standardization.apply(train);
        standardization.apply(test);
        labels = Npy.read(resource("labels.npy")).ints();
        testLabels = Arrays.copyOfRange(labels, TRAIN, TRAIN + TEST);
    }

    private List<Fit> train(double[] rates, int threads) {
        var options = new Sgd.Options(rates, 150, 18);
        var sgd = new Sgd(train, WIDTH, labels, 10, at -> (int) (at * 37 % TRAIN), options, threads);
        while (sgd.advance()) {}
        assertThat(sgd.iteration()).isEqualTo(150);
        return sgd.fits();
    }

    @Test
    void itEndsWherePyTorchEnds() throws Exception {
        var fits = train(RATES, 2);
        var weights = Npy.read(resource("sgd.npy")).floats(); // [rate, class, feature + 1]
        var lines = Files.readAllLines(resource("sgd.csv"));
        for (int r = 0; r < RATES.length; r++) {
            var fit = fits.get(r);
            for (int k = 0; k < 10; k++) {
                int from = (r * 10 + k) * (WIDTH + 1);
                for (int j = 0; j < WIDTH; j++) {
                    assertThat(fit.weights()[k * WIDTH + j]).isCloseTo(weights[from + j], within(2e-4));
                }
                assertThat(fit.intercept()[k]).isCloseTo(weights[from + WIDTH], within(2e-4));
            }
            var cells = lines.get(r).split(",");
            assertThat(Double.parseDouble(cells[0])).isEqualTo(RATES[r]);
            assertThat(fit.loss(test, TEST, testLabels)).isCloseTo(Double.parseDouble(cells[1]), within(1e-4));
            assertThat(fit.accuracy(test, TEST, testLabels)).isCloseTo(Double.parseDouble(cells[2]), within(1e-6));
        }
    }

    @Test
    void neitherThreadsNorTheRatesBesideItChangeABit() {
        var alone = train(new double[] {0.3}, 1).get(0);
        var together = train(RATES, 3).get(1);
        assertThat(together.weights()).isEqualTo(alone.weights());
        assertThat(together.intercept()).isEqualTo(alone.intercept());
    }

    @Test
    void aRateThatDivergesSaysSoAndIsNotChosen() {
        var fits = train(new double[] {1e38, 0.3}, 2);
        assertThat(fits.get(0).converged()).isFalse();
        assertThat(fits.get(0).reason()).isEqualTo("diverged at learning rate 1.0E38");
        assertThat(fits.get(0).loss(test, TEST, testLabels)).isNaN();
        assertThat(fits.get(1).converged()).isTrue();
        assertThat(RateSearch.choose(fits.stream()
                        .mapToDouble(fit -> fit.loss(test, TEST, testLabels))
                        .toArray()))
                .isEqualTo(1);
    }

    @Test
    void theSearchTakesTheRateBeforeTheLossStartsToRise() {
        assertThat(RateSearch.choose(new double[] {9, 4, 2, 3, 1})).isEqualTo(2); // the 1 is not looked at
        assertThat(RateSearch.choose(new double[] {4, 5, 1})).isZero();
        assertThat(RateSearch.choose(new double[] {4, 3, 3, 5})).isEqualTo(2); // equal is no rise
        assertThat(RateSearch.choose(new double[] {Double.NaN, Double.POSITIVE_INFINITY, 7, 6, 8}))
                .isEqualTo(3);
        assertThat(RateSearch.choose(new double[] {3, Double.NaN, 1})).isZero();
        assertThat(RateSearch.choose(new double[] {3, 2, 1})).isEqualTo(2);
        assertThat(RateSearch.choose(new double[] {Double.NaN, Double.NaN})).isEqualTo(-1);
    }
}
