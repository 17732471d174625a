package igpt.image.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a JPEG's first scan (ITU T.81, B.2): its size, so that only a part need be decoded, and what kind of
 * JPEG it is.
 *
 * @param frame the marker's second byte: 0xc0 for baseline, 0xc2 for progressive …
 * @param precision bits of a sample
 * @param components 1 grey, 3 colour, 4 CMYK
 * @param exif where Exif's part begins and ends; null: there is none
 */
record JpegHeader(int frame, int precision, int width, int height, int components, @Nullable Bytes exif) {
    static final String EXIF = "Exif\0\0";

    static boolean isJpeg(byte[] file) {
        return new Bytes(file).u16(0) == 0xffd8;
    }

    /** Null if it is no JPEG, or has no frame. What lies between the parts is passed over, as all decoders do. */
    static @Nullable JpegHeader of(byte[] file) {
        var bytes = new Bytes(file);
        Bytes exif = null;
        int at = 2;
        while (isJpeg(file) && at + 9 < file.length) {
            int marker = bytes.u8(at + 1);
            if (bytes.u8(at) != 0xff || marker == 0xff || marker == 0) { // no marker, or fill bytes before it
                at++;
            } else if (isFrame(marker)) {
                return new JpegHeader(
                        marker, bytes.u8(at + 4), bytes.u16(at + 7), bytes.u16(at + 5), bytes.u8(at + 9), exif);
            } else if (marker == 0xd9 || marker == 0xda) { // the end, a scan
                return null;
            } else if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) { // stand alone
                at += 2;
            } else {
                int end = at + 2 + Math.max(2, bytes.u16(at + 2));
                if (marker == 0xe1 && exif == null && bytes.text(at + 4, EXIF)) {
                    exif = bytes.part(at + 4 + EXIF.length(), end);
                }
                at = end;
            }
        }
        return null;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** Fill bytes before the first part, where TensorFlow wants none. */
    static byte[] withoutFill(byte[] file) {
        int at = 2;
        while (at < file.length && file[at] != (byte) 0xff) {
            at++;
        }
        if (at == 2) {
            return file;
        }
        var mended = Arrays.copyOfRange(file, at - 2, file.length);
        mended[0] = file[0];
        mended[1] = file[1];
        return mended;
    }

    /** Whether its scans each make the whole picture sharper. */
    boolean isProgressive() {
        return (frame & 3) == 2;
    }

    /** What keeps it from being decoded here, or null. */
    @Nullable
    String unsupported() {
        if ((frame & 3) == 3) {
            return "lossless JPEG";
        } else if ((frame & 4) != 0) {
            return "hierarchical JPEG";
        } else if (precision != 8) {
            return precision + "-bit JPEG";
        } else if (height == 0) {
            return "JPEG whose height stands at its end";
        }
        return components == 1 || components == 3 || components == 4 ? null : "JPEG of " + components + " components";
    }
}
