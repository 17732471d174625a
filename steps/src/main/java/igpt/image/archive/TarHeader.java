package igpt.image.archive;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What precedes a file in a tar archive (POSIX ustar, and GNU's large sizes). Of longer names than 100 bytes the rest is
 * lost; no dataset here has any.
 *
 * @param size bytes of the file, which follow; then zeros up to the next multiple of {@link #BYTES}
 */
record TarHeader(String name, long size, boolean regular) {
    static final int BYTES = 512;
    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;

    /**
     * Null at the archive's end.
     *
     * @throws EOFException if it is shorter than a header
     * @throws ZipException if it is none
     */
    static @Nullable TarHeader parse(byte[] block) throws EOFException, ZipException {
        if (block.length < BYTES) {
            throw new EOFException("the archive ends within a header");
        }
        if (block[0] == 0) {
            return null;
        }
        int sum = 8 * ' '; // the checksum's own place counts as blanks
        for (int i = 0; i < BYTES; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? 0 : block[i] & 0xff;
        }
        if (octal(block, CHECKSUM, 8) != sum) {
            throw new ZipException("no tar archive inside, or a damaged one");
        }
        long size = block[SIZE] < 0 // base 256, beyond 8 GiB
                ? ByteBuffer.wrap(block, SIZE + 4, 8).getLong()
                : octal(block, SIZE, 12);
        if (size < 0) {
            throw new ZipException("a damaged tar archive inside");
        }
        return new TarHeader(text(block, 0, 100), size, block[TYPE] == '0' || block[TYPE] == 0);
    }

    /** From the file's first byte to the next header. */
    long padded() {
        return size + (-size & (BYTES - 1));
    }

    /** The name without folders. */
    String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String text(byte[] block, int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] block, int from, int length) throws ZipException {
        try {
            return Long.parseLong(text(block, from, length).strip(), 8);
        } catch (NumberFormatException e) {
            throw new ZipException("no tar archive inside");
        }
    }
}
