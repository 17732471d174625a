package igpt.probe;

import igpt.optim.SoftmaxRegression.Fit;
import igpt.schema.UserException;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.CorruptFileException;
import igpt.schema.file.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A linear classifier as a NumPy file: float64 [classes, width + 1], the last column the intercept. */
public final class ProbeFile {
    private ProbeFile() {}

    public static void write(Path file, Fit fit) throws IOException {
        int classes = fit.intercept().length;
        int width = fit.weights().length / classes;
        var npy = Npy.of(Npy.FLOAT64, classes, width + 1);
        var values = npy.data();
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < width; i++) {
                values.putDouble(fit.weights()[k * width + i]);
            }
            values.putDouble(fit.intercept()[k]);
        }
        AtomicFiles.write(file, temporary -> Files.write(temporary, npy.toBytes()));
    }

    /**
     * Reads what {@link #write} wrote; how the fit went is not in the file.
     *
     * @throws CorruptFileException if it is missing, no such file, or of another number of classes
     * @throws UserException if it says nothing: weights that are all zero, or not numbers
     */
    public static Fit read(Path file, int classes) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CorruptFileException(file, "it is missing");
        }
        var npy = parse(file);
        if (npy.rows() != classes) {
            throw new CorruptFileException(file, "a classifier of " + npy.rows() + " classes, not of " + classes);
        }
        int width = npy.columns() - 1;
        var values = npy.data();
        double[] weights = new double[classes * width];
        double[] intercept = new double[classes];
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < width; i++) {
                weights[k * width + i] = values.getDouble();
            }
            intercept[k] = values.getDouble();
        }
        checkFitted(file, weights);
        return new Fit(weights, intercept, Double.NaN, 0, true, Double.NaN, "read from " + file);
    }

    private static Npy parse(Path file) throws IOException {
        try {
            var npy = Npy.parse(Files.readAllBytes(file));
            if (npy.type().equals(Npy.FLOAT64)) {
                return npy;
            }
            throw new IllegalArgumentException("it is of another type.");
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(file, "it is no float64 NumPy file of a classifier, or cut short", e);
        }
    }

    /** A classifier that was never fitted would answer at chance, and nobody would know. */
    private static void checkFitted(Path file, double[] weights) {
        if (!Arrays.stream(weights).allMatch(Double::isFinite)) {
            throw new UserException("the classifier " + file + " has weights that are no numbers: its fit diverged");
        }
        if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
            throw new UserException("the classifier " + file
                    + " was never fitted, or its features are all the same: every weight is 0");
        }
    }
}
