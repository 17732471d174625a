package igpt.bench;

import igpt.config.Project;
import igpt.optim.SoftmaxRegression;
import igpt.optim.SoftmaxRegression.Fit;
import igpt.optim.Standardization;
import igpt.schema.UserException;
import igpt.schema.file.Npy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Logistic regression from nothing to the minimum: drawn classes that overlap, drawn grey images (pixels as red, green and
 * blue, so two thirds of the columns are copies, and those at the edge are nearly always 0), or NumPy's files.
 */
final class ProbeBenchmark implements Benchmark {
    private static final int FLOP =
            4; // a feature, class and iteration: a multiply-add for the logit, one for the gradient

    private record Data(float[] x, int[] y, int rows, int width, int classes) {}

    @Override
    public String name() {
        return "probe";
    }

    @Override
    public String summary() {
        return "a linear classifier, fitted to the minimum";
    }

    @Override
    public List<Reading> measure(BenchParameters parameters, Project project) throws Exception {
        var data = parameters.grey()
                ? grey(parameters.rows(), parameters.classes())
                : parameters.data().equals("shapes") ? draw(parameters) : read(Path.of(parameters.data()));
        int threads = Runtime.getRuntime().availableProcessors();
        var fit = new Fit[1];
        var prepared = Samples.seconds(
                1, parameters.repeat(), () -> regression(data, threads).close());
        Samples fitted;
        try (var regression = regression(data, threads)) {
            fitted = Samples.seconds(1, parameters.repeat(), () -> fit[0] = regression.fit(parameters.c(), null));
        }
        var shape = "%d x %d x %d C=%s".formatted(data.rows, data.width, data.classes, parameters.c());
        double values = (double) data.rows * data.width * fit[0].iterations();
        return List.of(
                new Reading(name(), shape, "prepare", prepared, "s"),
                new Reading(name(), shape, "fit", fitted, "s"),
                new Reading(name(), shape, "iterations", Samples.of(fit[0].iterations()), "iterations"),
                new Reading(name(), shape, "objective", Samples.of(fit[0].objective()), "nats"),
                new Reading(name(), shape, "proven gap", Samples.of(1e9 * fit[0].gap()), "billionths"),
                new Reading(
                        name(),
                        shape,
                        "products",
                        fitted.rate(FLOP * values * data.classes / 1e9),
                        "GFLOP/s",
                        Ceiling.FLOAT32),
                new Reading(name(), shape, "features read", fitted.rate(4 * values / 1e9), "GB/s", Ceiling.MEMORY));
    }

    private static SoftmaxRegression regression(Data data, int threads) {
        return new SoftmaxRegression(data.x, data.rows, data.width, data.y, data.classes, threads);
    }

    /** The same nine tenths as scikit-learn's script takes. */
    private static Data read(Path folder) throws IOException {
        for (var name : List.of("X.npy", "y.npy")) {
            if (!Files.isReadable(folder.resolve(name))) {
                throw new UserException(
                        "cannot read " + folder.resolve(name) + ": give data=FOLDER with X.npy and y.npy");
            }
        }
        var features = Npy.parse(Files.readAllBytes(folder.resolve("X.npy")));
        var x = new float[Math.multiplyExact(features.rows(), features.columns())];
        features.data().asFloatBuffer().get(x);
        var labels = Files.readAllBytes(folder.resolve("y.npy")); // int32, behind a header
        int bytes = features.rows() * Integer.BYTES;
        var y = new int[features.rows()];
        ByteBuffer.wrap(labels, labels.length - bytes, bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(y);
        int classes = Arrays.stream(y).max().orElseThrow() + 1;
        return new Data(x, y, y.length * 9 / 10, features.columns(), classes);
    }

    private static Data draw(BenchParameters parameters) {
        var random = new SplittableRandom(0);
        int width = parameters.features();
        var means = new float[parameters.classes() * width];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (2.5 * random.nextGaussian() / Math.sqrt(width));
        }
        var x = new float[Math.multiplyExact(parameters.rows(), width)];
        var y = new int[parameters.rows()];
        for (int i = 0; i < y.length; i++) {
            y[i] = i % parameters.classes();
            for (int j = 0; j < width; j++) {
                x[i * width + j] = (float) (means[y[i] * width + j] + random.nextGaussian());
            }
        }
        return new Data(x, y, y.length, width, parameters.classes());
    }

    /** 14 x 14 pixels: a stroke whose angle is the class's, more or less, on a dark ground. */
    private static Data grey(int rows, int classes) {
        int side = 14;
        int width = 3 * side * side;
        var random = new SplittableRandom(0);
        var x = new float[Math.multiplyExact(rows, width)];
        var y = new int[rows];
        for (int i = 0; i < rows; i++) {
            y[i] = i % classes;
            double angle = Math.PI * (y[i] + 0.4 * random.nextGaussian()) / classes;
            double left = 6.5 + random.nextGaussian();
            double top = 6.5 + random.nextGaussian();
            double half = 4 + random.nextGaussian() / 2;
            for (int at = 0; at < side * side; at++) {
                double right = at % side - left;
                double down = at / side - top;
                double along = right * Math.cos(angle) + down * Math.sin(angle);
                double across = right * Math.sin(angle) - down * Math.cos(angle);
                double far = Math.hypot(across, Math.max(0, Math.abs(along) - half));
                float ink = Math.round(255 * Math.max(0, Math.min(1, 2 - far)));
                Arrays.fill(x, i * width + 3 * at, i * width + 3 * at + 3, ink);
            }
        }
        Standardization.of(x, rows, width).apply(x);
        return new Data(x, y, rows, width, classes);
    }
}
