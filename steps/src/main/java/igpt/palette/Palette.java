package igpt.palette;

import igpt.schema.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * k colours; a token is the number of one. Kept as in the released {@code kmeans_centers.npy}: float32 [k, 3] between
 * −1 and 1, pixel = rint(127.5 (c + 1)).
 */
public final class Palette {

    /** Tokens are stored as signed 16-bit numbers. */
    public static final int MOST_COLOURS = 1 << 15;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final Pattern HEADER =
            Pattern.compile("'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d+), 3\\)");

    private final float[] values; // [k, 3]

    /** Takes float32 [k, 3], row-major, between −1 and 1. */
    public Palette(float[] values) {
        int size = values.length / 3;
        if (size < 1 || size > MOST_COLOURS || values.length != 3 * size) {
            throw new IllegalArgumentException(
                    values.length + " values are no palette: 3 a colour, 1 to " + MOST_COLOURS + " colours.");
        }
        for (int i = 0; i < values.length; i++) {
            if (!(Math.abs(values[i]) <= 1)) {
                throw new IllegalArgumentException("Colour " + i / 3 + " has the value " + values[i]
                        + "; values lie between -1 and 1 (pixel / 127.5 - 1).");
            }
        }
        this.values = values.clone();
    }

    static Palette of(Centres centres) {
        var values = new float[3 * centres.size()];
        for (int k = 0; k < centres.size(); k++) {
            values[3 * k] = (float) (centres.red[k] / 127.5 - 1);
            values[3 * k + 1] = (float) (centres.green[k] / 127.5 - 1);
            values[3 * k + 2] = (float) (centres.blue[k] / 127.5 - 1);
        }
        return new Palette(values);
    }

    Centres centres() {
        var centres = new Centres(size());
        for (int k = 0; k < size(); k++) {
            centres.set(k, pixel(3 * k), pixel(3 * k + 1), pixel(3 * k + 2));
        }
        return centres;
    }

    private double pixel(int i) {
        return 127.5 * (values[i] + 1.0);
    }

    public int size() {
        return values.length / 3;
    }

    /** The pixel of this token, red, green, blue: rint(127.5 (c + 1)), unsigned bytes. */
    public byte[] rgb(int token) {
        var rgb = new byte[3];
        for (int c = 0; c < 3; c++) {
            rgb[c] = (byte) (int) Math.rint(pixel(3 * token + c));
        }
        return rgb;
    }

    /** A copy of the values, float32 [k, 3] between −1 and 1. */
    public float[] values() {
        return values.clone();
    }

    /** Reads float32 [k, 3] between −1 and 1. */
    public static Palette readNpy(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UserException("The palette " + file + " cannot be read: " + e.getMessage() + ".", e);
        } catch (IllegalArgumentException e) {
            throw new UserException(file + " is not a palette, float32 [k, 3] in .npy: " + e.getMessage(), e);
        }
    }

    private static Palette parse(byte[] file) {
        if (file.length < 10 || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException("it does not begin as version 1 of the format does.");
        }
        var bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int data = 10 + (bytes.getShort(8) & 0xffff);
        Matcher header =
                HEADER.matcher(new String(file, 10, Math.min(data, file.length) - 10, StandardCharsets.ISO_8859_1));
        if (!header.find()) {
            throw new IllegalArgumentException("its header names another type or shape.");
        }
        if (header.group(1).length() > 5 || file.length - data != 12 * Integer.parseInt(header.group(1))) {
            throw new IllegalArgumentException("its length does not fit its shape; it may be cut off.");
        }
        var values = new float[(file.length - data) / 4];
        bytes.position(data)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Palette(values);
    }

    /** Writes what {@code numpy.save} would write for the float32 array, byte for byte. */
    public void writeNpy(Path file) throws IOException {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + size() + ", 3), }";
        int length = 128 - 10; // the header fills up to a multiple of 64
        var bytes = ByteBuffer.allocate(128 + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putShort((short) length);
        bytes.put((header + " ".repeat(length - 1 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1));
        bytes.asFloatBuffer().put(values);
        Files.write(file, bytes.array());
    }
}
