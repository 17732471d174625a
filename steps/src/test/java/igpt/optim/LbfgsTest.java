package igpt.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {

    /** Σ 100 (x[i+1] − x[i]²)² + (1 − x[i])²: a curved valley with its minimum 0 at (1, …, 1). */
    private static double rosenbrock(double[] x, double[] gradient) {
        java.util.Arrays.fill(gradient, 0);
        double value = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double across = x[i + 1] - x[i] * x[i];
            double along = 1 - x[i];
            value += 100 * across * across + along * along;
            gradient[i] += -400 * x[i] * across - 2 * along;
            gradient[i + 1] += 200 * across;
        }
        return value;
    }

    private static Lbfgs.Options options(int iterations) {
        return new Lbfgs.Options(10, iterations, 1e-9, 0, 1e-14);
    }

    @Test
    void itFollowsRosenbrocksValleyToItsEnd() {
        for (int size : new int[] {2, 10, 100}) {
            var start = new double[size];
            for (int i = 0; i < size; i++) {
                start[i] = i % 2 == 0 ? -1.2 : 1;
            }
            var end = Lbfgs.minimise(LbfgsTest::rosenbrock, start, options(2000));
            assertThat(end.converged()).as(end.reason()).isTrue();
            assertThat(end.value()).isLessThan(1e-15);
            assertThat(end.gradientNorm()).isLessThan(1e-9);
            for (double x : end.x()) {
                assertThat(x).isCloseTo(1, within(1e-8));
            }
        }
    }

    @Test
    void itLeavesTheStartAsItIs() {
        var start = new double[] {-1.2, 1};
        Lbfgs.minimise(LbfgsTest::rosenbrock, start, options(10));
        assertThat(start).containsExactly(-1.2, 1);
    }

    @Test
    void runningOutOfIterationsIsReported() {
        var end = Lbfgs.minimise(LbfgsTest::rosenbrock, new double[] {-1.2, 1}, options(3));
        assertThat(end.converged()).isFalse();
        assertThat(end.iterations()).isEqualTo(3);
        assertThat(end.reason()).contains("3 iterations");
    }

    @Test
    void aGradientThatLiesIsReported() {
        var end = Lbfgs.minimise(
                (x, gradient) -> {
                    gradient[0] = -2 * x[0];
                    return x[0] * x[0];
                },
                new double[] {3},
                options(100));
        assertThat(end.converged()).isFalse();
        assertThat(end.reason()).contains("no lower value");
        assertThat(end.value()).isEqualTo(9);
    }

    @Test
    void aMinimumIsLeftAtOnce() {
        var end = Lbfgs.minimise(LbfgsTest::rosenbrock, new double[] {1, 1}, options(100));
        assertThat(end.converged()).isTrue();
        assertThat(end.iterations()).isZero();
    }

    @Test
    void aValueThatOverflowsAlongTheLineOnlyShortensTheStep() {
        var end = Lbfgs.minimise(
                (x, gradient) -> {
                    gradient[0] = Math.exp(x[0]) - 1e-3;
                    return x[0] > 1 ? Double.POSITIVE_INFINITY : Math.exp(x[0]) - 1e-3 * x[0];
                },
                new double[] {-30},
                options(200));
        assertThat(end.converged()).as(end.reason()).isTrue();
        assertThat(end.x()[0]).isCloseTo(Math.log(1e-3), within(1e-5));
    }

    @Test
    void aStartWithoutAValueIsRefused() {
        assertThatThrownBy(() -> Lbfgs.minimise((x, gradient) -> Double.NaN, new double[1], options(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not finite");
    }

    @Test
    void aPreconditionerThatIsTheInverseHessianNeedsFewSteps() {
        // ½ Σ 10^i x[i]² + x[0]⁴ / 4: condition number 10^7
        Lbfgs.Objective steep = (x, gradient) -> {
            double value = Math.pow(x[0], 4) / 4;
            for (int i = 0; i < 8; i++) {
                gradient[i] = Math.pow(10, i) * x[i] + (i == 0 ? Math.pow(x[0], 3) : 0);
                value += Math.pow(10, i) * x[i] * x[i] / 2;
            }
            return value;
        };
        var start = new double[] {1, 1, 1, 1, 1, 1, 1, 1};
        var options = new Lbfgs.Options(10, 1000, 1e-8, 0, 1e-14);
        var plain = Lbfgs.minimise(steep, start, options);
        Lbfgs.Preconditioner inverse = v -> {
            for (int i = 0; i < 8; i++) {
                v[i] /= Math.pow(10, i);
            }
        };
        var preconditioned = Lbfgs.minimise(steep, start, options, inverse, () -> false);
        assertThat(plain.converged()).as(plain.reason()).isTrue();
        assertThat(preconditioned.converged()).isTrue();
        assertThat(preconditioned.iterations()).isLessThan(15).isLessThan(plain.iterations() / 2);
    }
}
