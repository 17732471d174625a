package igpt.image.folder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.InflaterInputStream;

/**
 * Fields of a struct array in a MATLAB file, as ImageNet's devkit has one ("MAT-File Format", MathWorks, Level 5): text
 * as it is, numbers as whole numbers.
 */
final class MatStruct {
    private static final int HEADER = 128;
    private static final int COMPRESSED = 15;
    private static final int MATRIX = 14;
    private static final int STRUCT = 2; // class of a matrix
    private static final int CHAR = 4;

    private MatStruct() {}

    /** A tag and the data it announces. */
    private record Element(int type, ByteBuffer data) {}

    /**
     * The named fields of each element of the first struct array.
     *
     * @throws IllegalArgumentException if the file is no such thing
     */
    static List<List<String>> read(byte[] file, String... fields) {
        try {
            if (file.length < HEADER || file[126] != 'I' || file[127] != 'M') {
                throw new IllegalArgumentException("no MATLAB file");
            }
            var in = ByteBuffer.wrap(file).position(HEADER).slice().order(ByteOrder.LITTLE_ENDIAN);
            while (in.remaining() >= 8) {
                var element = next(in);
                var matrix = element.type == COMPRESSED ? next(inflate(element.data)) : element;
                if (matrix.type == MATRIX
                        && classOf(matrix.data.duplicate().order(ByteOrder.LITTLE_ENDIAN)) == STRUCT) {
                    return struct(matrix.data, fields);
                }
            }
            throw new IllegalArgumentException("no struct array in it");
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IOException e) {
            throw new IllegalArgumentException("cut short or damaged", e);
        }
    }

    private static List<List<String>> struct(ByteBuffer matrix, String... fields) {
        next(matrix); // flags
        int count = count(next(matrix).data);
        next(matrix); // its name
        int length = next(matrix).data.getInt();
        var text = next(matrix).data;
        var names = new ArrayList<String>();
        while (text.remaining() >= length) {
            var name = new byte[length];
            text.get(name);
            names.add(new String(name, StandardCharsets.US_ASCII).replaceFirst("\0.*", ""));
        }
        var wanted = Arrays.stream(fields).mapToInt(names::indexOf).toArray();
        var elements = new ArrayList<List<String>>();
        for (int i = 0; i < count; i++) {
            var cells = new ArrayList<ByteBuffer>();
            names.forEach(name -> cells.add(next(matrix).data));
            elements.add(
                    Arrays.stream(wanted).mapToObj(at -> value(cells.get(at))).toList());
        }
        return elements;
    }

    private static String value(ByteBuffer matrix) {
        boolean text = classOf(matrix) == CHAR;
        next(matrix); // dimensions
        next(matrix); // name
        var data = next(matrix);
        var value = new StringBuilder();
        while (data.data.hasRemaining()) {
            long number = number(data);
            value.append(text ? String.valueOf((char) number) : String.valueOf(number));
        }
        return value.toString();
    }

    /** Numbers are stored in the smallest type that holds them, whatever their class. */
    private static long number(Element from) {
        return switch (from.type) {
            case 1 -> from.data.get();
            case 2, 16 -> from.data.get() & 0xff; // UTF-8, of which names use ASCII only
            case 3 -> from.data.getShort();
            case 4, 17 -> from.data.getShort() & 0xffff;
            case 5 -> from.data.getInt();
            case 6 -> from.data.getInt() & 0xffffffffL;
            case 7 -> (long) from.data.getFloat();
            case 9 -> (long) from.data.getDouble();
            default -> throw new IllegalArgumentException("numbers of type " + from.type);
        };
    }

    private static int classOf(ByteBuffer matrix) {
        return next(matrix).data.getInt() & 0xff;
    }

    private static int count(ByteBuffer dimensions) {
        int count = 1;
        while (dimensions.hasRemaining()) {
            count *= dimensions.getInt();
        }
        return count;
    }

    /** Type and length are four bytes each, or two each with the data in the same eight. */
    private static Element next(ByteBuffer in) {
        int type = in.getInt();
        if (type >>> 16 != 0) {
            var data = slice(in, type >>> 16);
            in.position(in.position() + 4);
            return new Element(type & 0xffff, data);
        }
        int length = in.getInt();
        var data = slice(in, length);
        int padded = type == COMPRESSED ? length : (length + 7) / 8 * 8;
        in.position(Math.min(in.limit(), in.position() + padded));
        return new Element(type, data);
    }

    private static ByteBuffer slice(ByteBuffer in, int length) {
        return in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer inflate(ByteBuffer packed) throws IOException {
        var bytes = new byte[packed.remaining()];
        packed.get(bytes);
        try (var in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
