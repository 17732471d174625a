package igpt.palette;

import igpt.schema.UserException;
import igpt.schema.file.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * k colours; a token is the number of one. Kept as in the released {@code kmeans_centers.npy}: float32 [k, 3] between
 * −1 and 1, pixel = rint(127.5 (c + 1)).
 */
public final class Palette {

    /** Tokens are stored as signed 16-bit numbers. */
    public static final int MOST_COLOURS = 1 << 15;

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
        var npy = Npy.parse(file);
        if (!npy.type().equals(Npy.FLOAT32) || npy.columns() != 3) {
            throw new IllegalArgumentException("it is of another type or shape.");
        }
        var values = new float[3 * npy.rows()];
        npy.data().asFloatBuffer().get(values);
        return new Palette(values);
    }

    /** Writes what {@code numpy.save} would write for the float32 array, byte for byte. */
    public void writeNpy(Path file) throws IOException {
        var npy = Npy.of(Npy.FLOAT32, size(), 3);
        npy.data().asFloatBuffer().put(values);
        Files.write(file, npy.toBytes());
    }
}
