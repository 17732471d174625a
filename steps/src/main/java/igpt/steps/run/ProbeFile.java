package igpt.steps.run;

import igpt.optim.SoftmaxRegression.Fit;
import igpt.schema.AtomicFiles;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A linear classifier as a NumPy file: float64 [classes, width + 1], the last column the intercept. */
public final class ProbeFile {
    private static final int ALIGNMENT = 64; // of the header, by NumPy's format

    private ProbeFile() {}

    public static void write(Path file, Fit fit) throws IOException {
        int classes = fit.intercept().length;
        int width = fit.weights().length / classes;
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }".formatted(classes, width + 1);
        int padding = ALIGNMENT - (10 + header.length() + 1) % ALIGNMENT;
        byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
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

    /** Reads what {@link #write} wrote; how the fit went is not in the file. */
    public static Fit read(Path file, int classes) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.skipNBytes(8);
            in.skipNBytes(Short.toUnsignedInt(Short.reverseBytes(in.readShort())));
            ByteBuffer values = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int width = values.remaining() / Double.BYTES / classes - 1;
            double[] weights = new double[classes * width];
            double[] intercept = new double[classes];
            for (int k = 0; k < classes; k++) {
                for (int i = 0; i < width; i++) {
                    weights[k * width + i] = values.getDouble();
                }
                intercept[k] = values.getDouble();
            }
            return new Fit(weights, intercept, Double.NaN, 0, true, Double.NaN, "read from " + file);
        }
    }
}
