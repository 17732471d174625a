package igpt.image;

import org.jspecify.annotations.Nullable;

/** The size that stands in a JPEG's frame header (ITU T.81, B.2.2), so that only a part need be decoded. */
final class JpegHeader {
    private JpegHeader() {}

    record Size(int width, int height) {}

    static boolean isJpeg(byte[] file) {
        return u16(file, 0) == 0xffd8;
    }

    /** Null if it is no JPEG, or has no frame. */
    static @Nullable Size size(byte[] file) {
        if (!isJpeg(file)) {
            return null;
        }
        int at = 2;
        while (at + 9 < file.length) {
            if ((file[at] & 0xff) != 0xff) {
                return null;
            }
            int marker = file[at + 1] & 0xff;
            if (marker == 0xff) { // fill byte
                at++;
            } else if (isFrame(marker)) {
                int height = u16(file, at + 5);
                int width = u16(file, at + 7);
                return height > 0 && width > 0 ? new Size(width, height) : null;
            } else if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) { // stand alone
                at += 2;
            } else {
                at += 2 + u16(file, at + 2);
            }
        }
        return null;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static int u16(byte[] file, int at) {
        return at + 1 < file.length ? (file[at] & 0xff) << 8 | file[at + 1] & 0xff : -1;
    }
}
