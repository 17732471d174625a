package igpt.image.decode;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The first frame of a picture that moves, and where it lies on the picture, whose other pixels are transparent.
 *
 * @param file a picture of this frame alone, or one whose decoder takes the first frame
 * @param width of the whole picture; 0: the frame is all of it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FirstFrame(byte[] file, int left, int top, int width, int height) {
    private static final int CHUNK = 8; // its name and length
    private static final int FRAME = 16; // of an animation's frame, what stands before its own chunks
    private static final int HAS_ALPHA = 0x10;

    static FirstFrame of(byte[] file, ImageKind kind) {
        var found = kind == ImageKind.GIF ? gif(file) : kind == ImageKind.WEBP ? webp(file) : null;
        return found == null ? new FirstFrame(file, 0, 0, 0, 0) : found;
    }

    /** The decoder reads the first frame itself, but not where it lies: that stands behind the extensions before it. */
    private static @Nullable FirstFrame gif(byte[] file) {
        var bytes = new Bytes(file);
        int flags = bytes.u8(10);
        int at = 13 + ((flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7))); // colours of all frames
        while (at < file.length) {
            if (bytes.u8(at) == 0x2c) {
                return new FirstFrame(
                        file,
                        bytes.little16(at + 1),
                        bytes.little16(at + 3),
                        Math.max(bytes.little16(6), bytes.little16(at + 1) + bytes.little16(at + 5)),
                        Math.max(bytes.little16(8), bytes.little16(at + 3) + bytes.little16(at + 7)));
            } else if (bytes.u8(at) != 0x21) {
                return null;
            }
            at += 2;
            while (bytes.u8(at) > 0) {
                at += 1 + bytes.u8(at);
            }
            at++;
        }
        return null;
    }

    /** The decoder reads no animations: the frame's own chunks become a file. */
    private static @Nullable FirstFrame webp(byte[] file) {
        var frame = webpChunk(file, "ANMF");
        var canvas = webpChunk(file, "VP8X");
        if (frame == null || canvas == null || frame.length() < FRAME) {
            return null;
        }
        var chunks = new ByteArrayOutputStream();
        if (frame.text(FRAME, "ALPH")) {
            chunks.writeBytes(new byte[] {'V', 'P', '8', 'X', 10, 0, 0, 0, HAS_ALPHA, 0, 0, 0});
            chunks.write(frame.file(), frame.from() + 6, 6); // width and height
        }
        chunks.write(frame.file(), frame.from() + FRAME, frame.length() - FRAME);
        var still = new ByteArrayOutputStream();
        int length = chunks.size() + 4;
        still.writeBytes(new byte[] {'R', 'I', 'F', 'F'});
        still.writeBytes(
                new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) (length >> 24)});
        still.writeBytes(new byte[] {'W', 'E', 'B', 'P'});
        still.writeBytes(chunks.toByteArray());
        return new FirstFrame(
                still.toByteArray(),
                2 * frame.little24(0),
                2 * frame.little24(3),
                1 + canvas.little24(4),
                1 + canvas.little24(7));
    }

    /** The content of the first chunk of that name. */
    static @Nullable Bytes webpChunk(byte[] file, String name) {
        var bytes = new Bytes(file);
        long at = 12;
        while (at + CHUNK <= file.length) {
            long length = Integer.toUnsignedLong(Integer.reverseBytes(bytes.i32((int) at + 4)));
            int begin = (int) at + CHUNK;
            if (bytes.text((int) at, name)) {
                return bytes.part(begin, (int) Math.min(file.length, begin + length));
            }
            at = begin + length + length % 2;
        }
        return null;
    }
}
