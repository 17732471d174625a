package igpt.schema.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An array of two axes as NumPy keeps it in a file: {@code .npy}, version 1, little-endian, row-major
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 *
 * @param type {@link #FLOAT32} or {@link #FLOAT64}
 * @param data its numbers, little-endian
 */
public record Npy(String type, int rows, int columns, ByteBuffer data) {
    public static final String FLOAT32 = "<f4";
    public static final String FLOAT64 = "<f8";

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int BEFORE_HEADER = MAGIC.length + Short.BYTES;
    private static final int ALIGNMENT = 64; // of the data
    private static final Pattern HEADER =
            Pattern.compile("'descr': '(<f[48])', 'fortran_order': False, 'shape': \\((\\d{1,9}), (\\d{1,9})\\)");

    /** Zeros to be filled in. */
    public static Npy of(String type, int rows, int columns) {
        int bytes = Math.multiplyExact(size(type), Math.multiplyExact(rows, columns));
        return new Npy(type, rows, columns, ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** @throws IllegalArgumentException if these are not the bytes of such an array, all of them, with the reason */
    public static Npy parse(byte[] file) {
        if (file.length < BEFORE_HEADER || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException("it does not begin as version 1 of the format does.");
        }
        var bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int from = BEFORE_HEADER + Short.toUnsignedInt(bytes.getShort(MAGIC.length));
        int length = Math.min(from, file.length) - BEFORE_HEADER;
        var header = HEADER.matcher(new String(file, BEFORE_HEADER, length, StandardCharsets.ISO_8859_1));
        if (!header.find()) {
            throw new IllegalArgumentException("its header names another type or shape.");
        }
        int rows = Integer.parseInt(header.group(2));
        int columns = Integer.parseInt(header.group(3));
        if (file.length - from != (long) size(header.group(1)) * rows * columns) {
            throw new IllegalArgumentException("its length does not fit its shape; it may be cut off.");
        }
        var data = bytes.position(from).slice().order(ByteOrder.LITTLE_ENDIAN);
        return new Npy(header.group(1), rows, columns, data);
    }

    /** What {@code numpy.save} would write, byte for byte. */
    public byte[] toBytes() {
        var header = "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }".formatted(type, rows, columns);
        int unaligned = BEFORE_HEADER + header.length() + 1;
        var text = header + " ".repeat(ALIGNMENT - unaligned % ALIGNMENT) + "\n";
        var bytes = ByteBuffer.allocate(BEFORE_HEADER + text.length() + data.capacity())
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putShort((short) text.length()).put(text.getBytes(StandardCharsets.ISO_8859_1));
        return bytes.put(data.duplicate().clear()).array();
    }

    private static int size(String type) {
        return type.charAt(2) - '0';
    }
}
