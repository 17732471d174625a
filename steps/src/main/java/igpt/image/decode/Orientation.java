package igpt.image.decode;

import org.jspecify.annotations.Nullable;

/**
 * How a picture's pixels lie in its file, as the camera noted it (Exif 2.32, tag 274): 1 upright, 2 mirrored, 3 upside down,
 * 4 both, 5 to 8 the same with rows and columns exchanged. A square is cut out and shrunk as it lies, and only then turned.
 */
public record Orientation(boolean exchanged, boolean fromRight, boolean fromBottom) {
    public static final Orientation UPRIGHT = new Orientation(false, false, false);

    private static final int TAG = 274;

    /** @param number 1 to 8; what is none of them is upright */
    static Orientation of(int number) {
        return number < 1 || number > 8
                ? UPRIGHT
                : new Orientation(
                        number >= 5,
                        number == 2 || number == 3 || number == 7 || number == 8,
                        number == 3 || number == 4 || number == 6 || number == 7);
    }

    /** @param exif begins as a TIFF file does, whose first directory has the tag; null: there is none */
    static Orientation in(@Nullable Bytes exif) {
        if (exif != null && exif.text(0, JpegHeader.EXIF)) { // where only a JPEG needs it
            exif = exif.part(JpegHeader.EXIF.length(), exif.length());
        }
        if (exif == null || !(exif.text(0, "II*\0") || exif.text(0, "MM\0*"))) {
            return UPRIGHT;
        }
        boolean little = exif.u8(0) == 'I';
        long directory = Integer.toUnsignedLong(little ? Integer.reverseBytes(exif.i32(4)) : exif.i32(4));
        if (directory > exif.length()) {
            return UPRIGHT;
        }
        int at = (int) directory;
        int entries = u16(exif, at, little);
        for (int entry = at + 2; entry < at + 2 + 12 * entries; entry += 12) { // tag, type, count, value
            if (u16(exif, entry, little) == TAG) {
                boolean isLong = u16(exif, entry + 2, little) == 4;
                return of(u16(exif, entry + 8 + (isLong && !little ? 2 : 0), little));
            }
        }
        return UPRIGHT;
    }

    private static int u16(Bytes bytes, int at, boolean little) {
        return little ? bytes.u8(at + 1) << 8 | bytes.u8(at) : bytes.u16(at);
    }

    /** The square that the crop takes of the upright picture, as it lies in the file. */
    Window window(Crop crop, int width, int height) {
        var upright = exchanged ? crop.window(height, width) : crop.window(width, height);
        long left = exchanged ? upright.top() : upright.left();
        long top = exchanged ? upright.left() : upright.top();
        return new Window(
                upright.unit(),
                fromRight ? (long) width * upright.unit() - left - upright.side() : left,
                fromBottom ? (long) height * upright.unit() - top - upright.side() : top,
                upright.side());
    }

    /**
     * @param square r × r × 3 as it lies
     * @param out the same, upright
     */
    public void turn(byte[] square, byte[] out, int r) {
        for (int y = 0; y < r; y++) {
            for (int x = 0; x < r; x++) {
                int column = exchanged ? y : x;
                int row = exchanged ? x : y;
                int from = 3 * ((fromBottom ? r - 1 - row : row) * r + (fromRight ? r - 1 - column : column));
                System.arraycopy(square, from, out, 3 * (r * y + x), 3);
            }
        }
    }
}
