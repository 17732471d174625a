package igpt.steps.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import igpt.optim.SoftmaxRegression.Fit;
import igpt.schema.AtomicFiles;
import igpt.schema.CorruptFileException;
import igpt.schema.UserException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A linear classifier as a NumPy file: float64 [classes, width + 1], the last column the intercept. */
public final class ProbeFile {
    private static final int ALIGNMENT = 64; // of the header, by NumPy's format

    /** From the magic bytes on; the shape is [classes, width + 1]. */
    private static final Pattern HEADER = Pattern.compile(
            "^\\x93NUMPY\\x01\\x00..\\{'descr': '<f8', 'fortran_order': False, 'shape': \\((\\d+), (\\d+)\\)",
            Pattern.DOTALL);

    private ProbeFile() {}

    public static void write(Path file, Fit fit) throws IOException {
        int classes = fit.intercept().length;
        int width = fit.weights().length / classes;
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }".formatted(classes, width + 1);
        int padding = ALIGNMENT - (10 + header.length() + 1) % ALIGNMENT;
        byte[] text = (header + " ".repeat(padding) + "\n").getBytes(ISO_8859_1);
        ByteBuffer values =
                ByteBuffer.allocate(Double.BYTES * classes * (width + 1)).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < width; i++) {
                values.putDouble(fit.weights()[k * width + i]);
            }
            values.putDouble(fit.intercept()[k]);
        }
        AtomicFiles.write(file, temporary -> {
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(temporary))) {
                out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
                out.writeShort(Short.reverseBytes((short) text.length));
                out.write(text);
                out.write(values.array());
            }
        });
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
        byte[] bytes = Files.readAllBytes(file);
        Matcher header = HEADER.matcher(new String(bytes, 0, Math.min(bytes.length, 256), ISO_8859_1));
        if (!header.find()) {
            throw new CorruptFileException(file, "it is no float64 NumPy file of a classifier");
        }
        int rows = Integer.parseInt(header.group(1));
        int width = Integer.parseInt(header.group(2)) - 1;
        if (rows != classes) {
            throw new CorruptFileException(file, "a classifier of " + rows + " classes, not of " + classes);
        }
        ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        values.position(10 + Short.toUnsignedInt(values.getShort(8)));
        if (values.remaining() != Double.BYTES * rows * (width + 1)) {
            throw new CorruptFileException(file, "it is cut short");
        }
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
