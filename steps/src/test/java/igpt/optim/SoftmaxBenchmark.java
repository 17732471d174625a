package igpt.optim;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Beside probe_sklearn.py: the same files, the same nine tenths of the rows, the same line. Arguments: X.npy y.npy C …;
 * every C starts from nothing, as a fresh process would.
 */
final class SoftmaxBenchmark {

    private SoftmaxBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        var file = Npy.read(Path.of(arguments[0]));
        int rows = file.shape[0];
        int width = file.shape[1];
        int cut = rows * 9 / 10;
        var x = file.floats();
        var y = Npy.read(Path.of(arguments[1])).ints();
        int classes = Arrays.stream(y).max().orElseThrow() + 1;
        var held = Arrays.copyOfRange(x, cut * width, rows * width);
        var heldLabels = Arrays.copyOfRange(y, cut, rows);
        for (int i = 2; i < arguments.length; i++) {
            double c = Double.parseDouble(arguments[i]);
            long start = System.nanoTime();
            var regression = new SoftmaxRegression(x, cut, width, y, classes, 2);
            long ready = System.nanoTime();
            var fit = regression.fit(c, null);
            long end = System.nanoTime();
            System.out.printf(
                    "C %s objective %.8e  iterations %d  %.2f s (%.2f to prepare)  train %.4f  held out %.4f  %s, gradient %.1e%n",
                    arguments[i],
                    fit.objective(),
                    fit.iterations(),
                    (end - start) / 1e9,
                    (ready - start) / 1e9,
                    fit.accuracy(x, cut, y),
                    fit.accuracy(held, rows - cut, heldLabels),
                    fit.reason(),
                    fit.gradientNorm());
        }
    }
}
