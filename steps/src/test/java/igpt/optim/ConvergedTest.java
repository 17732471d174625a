package igpt.optim;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.optim.SoftmaxRegression.Fit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Converged means converged, on matrices that are hard: against Newton's method in NumPy ({@code newton.py}). */
class ConvergedTest {

    private static final int TRAIN = 700; // of 1000 digits
    private static final int CLASSES = 10;

    private record Matrix(float[] x, int rows, int width, int[] labels) {

        Matrix columns(int... columns) {
            var some = new float[rows * columns.length];
            for (int i = 0; i < some.length; i++) {
                some[i] = x[i / columns.length * width + columns[i % columns.length]];
            }
            return new Matrix(some, rows, columns.length, labels);
        }

        Matrix rows(int... chosen) {
            var some = new float[chosen.length * width];
            for (int i = 0; i < chosen.length; i++) {
                System.arraycopy(x, chosen[i] * width, some, i * width, width);
            }
            var own = Arrays.stream(chosen).map(row -> labels[row]).toArray();
            return new Matrix(some, chosen.length, width, own);
        }

        Matrix thrice() {
            return columns(IntStream.range(0, 3 * width).map(j -> j / 3).toArray());
        }

        SoftmaxRegression regression(int threads) {
            return new SoftmaxRegression(x, rows, width, labels, CLASSES, threads);
        }

        ExactObjective exact() {
            return new ExactObjective(x, rows, ColumnMeans.of(x, rows, width, 1), labels, CLASSES, 2);
        }
    }

    private static Path resource(String name) throws Exception {
        return Path.of(ConvergedTest.class.getResource(name).toURI());
    }

    private static Matrix digits() throws Exception {
        var bytes = Npy.read(resource("digits.npy")).data;
        var x = new float[TRAIN * 64];
        for (int i = 0; i < x.length; i++) {
            x[i] = bytes.get(i);
        }
        Standardization.of(x, TRAIN, 64).apply(x);
        var labels = Npy.read(resource("labels.npy")).ints();
        return new Matrix(x, TRAIN, 64, Arrays.copyOf(labels, TRAIN));
    }

    private static Matrix matrix(String name) throws Exception {
        var digits = digits();
        return switch (name) {
            case "grey" -> digits.thrice();
            case "near" -> {
                var twice =
                        digits.columns(IntStream.range(0, 128).map(j -> j % 64).toArray());
                for (int at = 0; at < twice.x.length; at++) {
                    int i = at / 128;
                    int j = at % 128 - 64;
                    if (j >= 0) {
                        twice.x[at] = (float) (twice.x[at] + ((i * 31 + j * 17) % 11 - 5) * 1e-4);
                    }
                }
                yield twice;
            }
            case "few" -> {
                var nines = new int[1];
                yield digits.rows(IntStream.range(0, TRAIN)
                        .filter(i -> digits.labels[i] != 9 || nines[0]++ < 3)
                        .toArray());
            }
            case "wide" -> digits.thrice().rows(IntStream.range(0, 40).toArray());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Map<Double, Double> optima(String name) throws Exception {
        Map<Double, Double> optima = new HashMap<>();
        for (var line : Files.readAllLines(resource("newton.csv"))) {
            var cells = line.split(",");
            if (cells[0].equals(name)) {
                optima.put(Double.parseDouble(cells[1]), Double.parseDouble(cells[2]));
            }
        }
        assertThat(optima).hasSize(3);
        return optima;
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey", "near", "few", "wide"})
    void whatIsCalledConvergedIsWithinItsClaimOfTheMinimum(String name) throws Exception {
        try (var regression = matrix(name).regression(2)) {
            for (var optimum : optima(name).entrySet()) {
                var fit = regression.fit(optimum.getKey(), null);
                assertThat(fit.converged()).as(fit.reason()).isTrue();
                assertThat(fit.objective())
                        .as("%s, C = %s: %s", name, optimum.getKey(), fit.reason())
                        .isBetween(
                                optimum.getValue() * (1 - 1e-10),
                                optimum.getValue() * (1 + SoftmaxRegression.GAP + 1e-10));
                assertThat(objective(matrix(name), fit, optimum.getKey()))
                        .isCloseTo(fit.objective(), org.assertj.core.api.Assertions.within(1e-10 * fit.objective()));
            }
        }
    }

    /** What the weights that are stored give, summed plainly. */
    private static double objective(Matrix m, Fit fit, double c) {
        return c * m.rows * fit.loss(m.x, m.rows, m.labels) + Lbfgs.dot(fit.weights(), fit.weights()) / 2;
    }

    /** Anywhere, with an intercept that is far off, too. */
    @ParameterizedTest
    @ValueSource(strings = {"grey", "few", "wide"})
    void theGapIsNeverLargerThanItsBound(String name) throws Exception {
        var exact = matrix(name).exact();
        var random = new Random(1);
        int weights = CLASSES * matrix(name).width;
        for (var optimum : optima(name).entrySet()) {
            for (double size : new double[] {0, 1e-3, 0.1}) {
                var at = exact.at(
                        optimum.getKey(),
                        random.doubles(weights, -size, size + 1e-300).toArray(),
                        random.doubles(CLASSES, -3, 3).toArray());
                assertThat(at.gap()).isFinite().isGreaterThanOrEqualTo(at.value() - optimum.getValue());
            }
        }
    }

    @Test
    void copiesAndConstantsAreOneColumnAndNone() throws Exception {
        var x = new float[] {
            1, 5, 2, 1, -0f, 2,
            3, 5, 2, 3, 0, 7,
            4, 5, 1, 4, 0, 1
        };
        var columns = Columns.of(x, 3, 6, 2);
        assertThat(columns.source()).containsExactly(0, 2, 5);
        assertThat(columns.place()).containsExactly(0, -1, 1, 0, -1, 2);
        assertThat(columns.scale()).containsExactly((float) Math.sqrt(2), 1, 1);
        var grey = matrix("grey");
        assertThat(Columns.of(grey.x, grey.rows, grey.width, 2).kept()).isLessThan(64);
    }

    /** Rare values: the rows that are looked at first are all the same. */
    @Test
    void columnsThatDifferInOneRowAreKeptApart() {
        int rows = 1000;
        var x = new float[rows * 3];
        x[501 * 3] = 1;
        x[502 * 3 + 1] = 1;
        assertThat(Columns.of(x, rows, 3, 2).source()).containsExactly(0, 1);
    }

    /** The Hessian is the identity there, but for the intercept. A class's own Gram matrix is not. */
    @Test
    void thePreconditionerLeavesWhatIsTheSameInAllClasses() throws Exception {
        var m = digits();
        var mean = ColumnMeans.of(m.x, m.rows, m.width, 1).mean();
        var columns = Columns.of(m.x, m.rows, m.width, 1);
        try (var objective = new SoftmaxObjective(m.x, m.rows, mean, columns, m.labels, CLASSES, 2)) {
            int width = objective.width();
            var at = new double[CLASSES * width];
            for (int i = 0; i < at.length; i++) {
                at[i] = i / width * 0.01 * (i % 3); // classes that differ
            }
            var preconditioner = new GramPreconditioner(objective, objective.gram(at), 1, m.rows, CLASSES, 2);
            preconditioner.renew(at);
            var same = new Random(1).doubles(width).toArray();
            var v = new double[at.length];
            for (int i = 0; i < v.length; i++) {
                v[i] = same[i % width];
            }
            preconditioner.apply(v);
            for (int i = 0; i < v.length; i++) {
                assertThat(v[i]).isCloseTo(same[i % width], org.assertj.core.api.Assertions.within(1e-12));
            }
        }
    }

    @Test
    void copiesShareOneWeight() throws Exception {
        var m = matrix("grey");
        try (var regression = m.regression(2)) {
            var fit = regression.fit(1, null);
            for (int at = 0; at < fit.weights().length; at += 3) {
                assertThat(fit.weights()[at]).isEqualTo(fit.weights()[at + 1]).isEqualTo(fit.weights()[at + 2]);
            }
        }
    }

    @Test
    void theNumberOfThreadsChangesNoBitOfAHardFit() throws Exception {
        try (var one = matrix("near").regression(1);
                var three = matrix("near").regression(3)) {
            var fit = one.fit(1, null);
            assertThat(three.fit(1, null).weights()).isEqualTo(fit.weights());
            assertThat(three.fit(1, null).intercept()).isEqualTo(fit.intercept());
        }
    }

    /** What is left of it is made up for in the bound, at the price of the features' size. */
    @Test
    void theInterceptIsBroughtAsNearToItsOptimumAsDoubleGoes() {
        int rows = 60;
        int width = 3;
        int classes = 3;
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var x = new float[rows * width];
            var labels = new int[rows];
            for (int i = 0; i < rows; i++) {
                labels[i] = i % classes;
                for (int j = 0; j < width; j++) {
                    x[i * width + j] = (float) random.nextGaussian();
                }
            }
            var weights = random.doubles(classes * width, -5, 5).toArray();
            var means = ColumnMeans.of(x, rows, width, 1);
            var point = new ExactObjective(x, rows, means, labels, classes, 1).at(1, weights, new double[classes]);
            for (double left : point.byIntercept()) {
                assertThat(Math.abs(left) / (rows / classes)).isLessThan(1e-13);
            }
        }
    }

    /** Conjugate gradients diverged for dozens of products on what rounding leaves of it, and the step was lost. */
    @Test
    void whatIsTheSameInAllInterceptsCostsNoProducts() {
        int rows = 8000;
        int width = 64;
        var random = new SplittableRandom(0);
        var means = random.doubles(CLASSES * width, -0.5, 0.5).toArray();
        var x = new float[rows * width];
        var labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = i % CLASSES;
            for (int j = 0; j < width; j++) {
                x[i * width + j] = (float) (means[labels[i] * width + j] + random.nextGaussian());
            }
        }
        try (var regression = new SoftmaxRegression(x, rows, width, labels, CLASSES, 2)) {
            for (double c : new double[] {10, 100, 1000}) {
                var fit = regression.fit(c, null);
                assertThat(fit.converged()).isTrue();
                assertThat(fit.iterations()).as("C " + c).isLessThan(32);
            }
        }
    }
}
