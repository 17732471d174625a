package igpt.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxRegressionTest {

    private static final int TRAIN = 700; // of 1000 digits
    private static final int WIDTH = 64;

    private final List<SoftmaxRegression> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(SoftmaxRegression::close);
    }

    private SoftmaxRegression regression(float[] x, int rows, int width, int[] labels, int classes, int threads) {
        var regression = new SoftmaxRegression(x, rows, width, labels, classes, threads);
        opened.add(regression);
        return regression;
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(SoftmaxRegressionTest.class.getResource(name).toURI());
    }

    private static float[] digits(String features) throws IOException, URISyntaxException {
        var bytes = Npy.read(resource("digits.npy")).data;
        var x = new float[bytes.remaining()];
        for (int i = 0; i < x.length; i++) {
            x[i] = features.equals("shifted") ? bytes.get(i) * 0.1f + 100f : bytes.get(i);
        }
        return x;
    }

    private static int[] labels() throws IOException, URISyntaxException {
        return Npy.read(resource("labels.npy")).ints();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "shifted", "two"})
    void itReachesScikitLearnsOptimum(String features) throws Exception {
        var x = digits(features);
        var y = labels();
        int rows = features.equals("two") ? keepTwo(x, y) : TRAIN;
        var regression = regression(x, rows, WIDTH, y, 10, 2);
        var test = Arrays.copyOfRange(x, TRAIN * WIDTH, x.length);
        int found = 0;
        for (var line : Files.readAllLines(resource("optima.csv"))) {
            var cells = line.split(",");
            if (!cells[0].equals(features)) {
                continue;
            }
            var fit = regression.fit(Double.parseDouble(cells[1]), null);
            double optimum = Double.parseDouble(cells[2]);
            assertThat(fit.converged()).as(fit.reason()).isTrue();
            assertThat(fit.objective()).as(line.substring(0, 40)).isCloseTo(optimum, within(1e-6 * optimum));
            assertThat(fit.accuracy(x, rows, y)).isCloseTo(Double.parseDouble(cells[3]), within(1e-3));
            var predicted = fit.predict(test, 300);
            int agreed = 0;
            for (int i = 0; i < 300; i++) {
                agreed += predicted[i] == cells[4].charAt(i) - '0' ? 1 : 0;
            }
            assertThat(agreed).isGreaterThanOrEqualTo(299);
            found++;
        }
        assertThat(found).isEqualTo(3);
    }

    /** Moves the rows of the classes 0 and 1 to the front of the training rows. */
    private static int keepTwo(float[] x, int[] y) {
        int kept = 0;
        for (int i = 0; i < TRAIN; i++) {
            if (y[i] < 2) {
                System.arraycopy(x, i * WIDTH, x, kept * WIDTH, WIDTH);
                y[kept++] = y[i];
            }
        }
        return kept;
    }

    /** Several blocks, the last of them shorter; features and classes that are no multiple of a vector. */
    @Test
    void valueAndGradientArePlainSums() {
        var random = new Random(1);
        int rows = 2500;
        int width = 19;
        int classes = 4;
        var x = gaussian(random, rows * width);
        var y = random.ints(rows, 0, classes).toArray();
        var mean = ColumnMeans.of(x, rows, width, 1).mean();
        var columns = Columns.of(x, rows, width, 1);
        int stride = SoftmaxObjective.width(width);
        var at = new double[classes * stride];
        var plain = new double[at.length];
        double squares = 0;
        for (int i = 0; i < at.length; i++) {
            at[i] = i % stride <= width ? (float) random.nextGaussian() / 4 : 0;
            plain[i] = i % stride < width ? at[i] : 0;
            squares += plain[i] * plain[i];
        }
        double loss = 0;
        for (int row = 0; row < rows; row++) {
            var features = new double[stride];
            for (int j = 0; j < width; j++) {
                features[j] = x[row * width + j] - mean[j];
            }
            features[width] = 1;
            var p = new double[classes];
            for (int k = 0; k < classes; k++) {
                p[k] = Math.exp(Lbfgs.dot(Arrays.copyOfRange(at, k * stride, (k + 1) * stride), features));
            }
            double total = Arrays.stream(p).sum();
            loss -= Math.log(p[y[row]] / total);
            for (int k = 0; k < classes; k++) {
                double share = p[k] / total;
                for (int j = 0; j < stride; j++) {
                    plain[k * stride + j] += 0.7 * (share - (k == y[row] ? 1 : 0)) * features[j];
                }
            }
        }
        try (var objective = new SoftmaxObjective(x, rows, mean, columns, y, classes, 2)) {
            objective.strength(0.7);
            var gradient = new double[at.length];
            double value = 0.7 * loss + squares / 2;
            assertThat(objective.valueAndGradient(at, gradient)).isCloseTo(value, within(1e-7 * value));
            assertThat(gradient).containsExactly(plain, within(1e-5 * Lbfgs.norm(plain)));
        }
    }

    /** Between two points on a line: three blocks, each with the logits that were kept of it. */
    @Test
    void theHessianIsTheChangeOfTheGradient() {
        var random = new Random(4);
        int rows = 2500;
        int width = 15;
        int classes = 3;
        var x = gaussian(random, rows * width);
        var y = random.ints(rows, 0, classes).toArray();
        var mean = ColumnMeans.of(x, rows, width, 1).mean();
        try (var objective = new SoftmaxObjective(x, rows, mean, Columns.of(x, rows, width, 1), y, classes, 2)) {
            objective.strength(0.7);
            int size = classes * objective.width();
            var at = random.doubles(size, -0.3, 0.3).toArray();
            var direction = random.doubles(size, -1, 1).toArray();
            double step = 1e-2;
            var change = new double[2][size];
            for (int side = 0; side < 2; side++) {
                var there = at.clone();
                Lbfgs.add(there, side == 0 ? -step : step, direction);
                objective.valueAndGradient(there, change[side]);
            }
            Lbfgs.add(change[1], -1, change[0]);
            var product = new double[size];
            try (var hessian = objective.hessian(at)) {
                hessian.times(direction, product);
            }
            for (int i = 0; i < size; i++) {
                assertThat(product[i]).isCloseTo(change[1][i] / 2 / step, within(1e-3 * Lbfgs.norm(product)));
            }
        }
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        var random = new Random(2);
        int rows = 3000;
        var x = gaussian(random, rows * 33);
        var y = random.ints(rows, 0, 5).toArray();
        var one = regression(x, rows, 33, y, 5, 1).fit(0.5, null);
        var three = regression(x, rows, 33, y, 5, 3).fit(0.5, null);
        assertThat(three.weights()).isEqualTo(one.weights());
        assertThat(three.intercept()).isEqualTo(one.intercept());
        assertThat(three.objective()).isEqualTo(one.objective());
    }

    @Test
    void aWarmStartEndsAtTheSameMinimumSooner() throws Exception {
        var regression = regression(digits("plain"), TRAIN, WIDTH, labels(), 10, 2);
        var near = regression.fit(0.01, null);
        var cold = regression.fit(0.011, null);
        var warm = regression.fit(0.011, near);
        assertThat(warm.objective()).isCloseTo(cold.objective(), within(1e-6 * cold.objective()));
        assertThat(warm.iterations()).isLessThan(cold.iterations());
        assertThat(regression.fit(0.011, warm).iterations()).isLessThanOrEqualTo(1);
    }

    @Test
    void aWarmStartDoesNotEndEarlyWhereAllRowsAreCertain() throws Exception {
        var regression = regression(digits("plain"), TRAIN, WIDTH, labels(), 10, 2);
        var near = regression.fit(9, null);
        var warm = regression.fit(10, near);
        var cold = regression.fit(10, null);
        assertThat(warm.objective()).isCloseTo(cold.objective(), within(1e-6 * cold.objective()));
    }

    /** Told so at the first question, at the fourth, half-way and at the last: no iteration follows, in either stage. */
    @Test
    void aFitEndsWhereItIsToldTo() throws Exception {
        var regression = regression(digits("plain"), TRAIN, WIDTH, labels(), 10, 2);
        var asked = new int[1];
        regression.fit(1, null, () -> asked[0]++ < 0);
        int all = asked[0];
        for (int most : new int[] {0, 3, all / 2, all - 1}) {
            asked[0] = 0;
            var fit = regression.fit(1, null, () -> asked[0]++ >= most);
            assertThat(fit.iterations()).isLessThanOrEqualTo(most);
            assertThat(asked[0]).isLessThan(most + 8); // and it asks no more than it has to
            assertThat(fit.converged()).isEqualTo(fit.reason().startsWith("proven"));
            assertThat(most < 4 && fit.converged()).isFalse();
        }
    }

    @Test
    void aClassWithoutRowsIsNeverPredicted() throws Exception {
        var x = digits("plain");
        var y = labels();
        int rows = keepTwo(x, y);
        var fit = regression(x, rows, WIDTH, y, 10, 2).fit(1, null);
        assertThat(fit.intercept()[5]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(fit.predict(x, 1000)).containsOnly(0, 1);
    }

    @Test
    void moreFeaturesThanRowsAndConstantOnesAreFine() {
        var random = new Random(3);
        int rows = 40;
        int width = 301;
        var x = gaussian(random, rows * width);
        var y = new int[rows];
        for (int i = 0; i < rows; i++) {
            y[i] = i % 10;
            x[i * width + 17] = 5; // says nothing
        }
        var fit = regression(x, rows, width, y, 10, 2).fit(100, null);
        assertThat(fit.converged()).as(fit.reason()).isTrue();
        assertThat(fit.accuracy(x, rows, y)).isEqualTo(1);
        assertThat(fit.weights()[17]).isCloseTo(0, within(1e-9));
    }

    @Test
    void badInputIsRefusedInOneLine() {
        var x = new float[] {1, 2, 3, 4};
        assertRefused(x, new int[] {0, 2}, "Row 1 has label 2; labels are 0 to 1.");
        assertRefused(x, new int[] {-1, 1}, "Row 0 has label -1; labels are 0 to 1.");
        assertRefused(x, new int[] {1, 1}, "All 2 rows have label 1; a classifier needs two classes.");
        assertRefused(x, new int[] {1}, "2 rows of 2 features need 4 values and 2 labels, not 4 and 1.");
        assertRefused(new float[] {1, 2, Float.NaN, 4}, new int[] {0, 1}, "Feature 0 of row 1 is NaN.");
        assertRefused(
                new float[] {1, Float.NEGATIVE_INFINITY, 3, 4}, new int[] {0, 1}, "Feature 1 of row 0 is -Infinity.");
        var regression = regression(x, 2, 2, new int[] {0, 1}, 2, 1);
        assertThatThrownBy(() -> regression.fit(0, null)).hasMessageContaining("positive");
        var huge = regression(new float[] {1e30f, 2, 3, 4}, 2, 2, new int[] {0, 1}, 2, 1);
        assertThatThrownBy(() -> huge.fit(1, null)).hasMessageContaining("scale them down");
    }

    private void assertRefused(float[] x, int[] labels, String message) {
        assertThatThrownBy(() -> regression(x, 2, 2, labels, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static float[] gaussian(Random random, int size) {
        var x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
