package igpt.image.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A part of a file, read at any place; past its end stand zeros. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Bytes(byte[] file, int from, int to) {

    Bytes(byte[] file) {
        this(file, 0, file.length);
    }

    Bytes part(int first, int last) {
        int begin = Math.min(to, from + first);
        return new Bytes(file, begin, Math.max(begin, Math.min(to, from + last)));
    }

    int length() {
        return to - from;
    }

    int u8(int at) {
        return at >= 0 && at < length() ? file[from + at] & 0xff : 0;
    }

    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int i32(int at) {
        return u16(at) << 16 | u16(at + 2);
    }

    int little16(int at) {
        return u8(at + 1) << 8 | u8(at);
    }

    int little24(int at) {
        return u8(at + 2) << 16 | little16(at);
    }

    boolean text(int at, String wanted) {
        return at + wanted.length() <= length()
                && new String(file, from + at, wanted.length(), ISO_8859_1).equals(wanted);
    }
}
