package igpt.weights;

import igpt.schema.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A sorted table of names and values, as LevelDB and TensorFlow keep it
 * (https://github.com/google/leveldb/blob/main/doc/table_format.md), uncompressed: blocks of rows, a block that says where
 * they are, and a footer that says where that one is.
 */
final class SortedTable {
    private static final long MAGIC = 0xdb4775248b80fb57L;
    private static final int FOOTER = 48;
    private static final int LARGEST = 1 << 24;
    private static final int LONGEST_NAME = 1000;
    private static final int MOST_ROWS = 100_000;

    private SortedTable() {}

    /** @throws UserException if the file is no such table, or damaged */
    static SortedMap<String, byte[]> read(Path file) throws IOException {
        long size = Files.size(file);
        if (size < FOOTER || size > LARGEST) {
            throw Refusal.of(file, "no checkpoint's index: it has %,d bytes".formatted(size));
        }
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getLong(bytes.limit() - Long.BYTES) != MAGIC) {
            throw Refusal.of(file, "no checkpoint's index, or cut short: it does not end as one");
        }
        try {
            var footer = bytes.duplicate().position(bytes.limit() - FOOTER);
            block(bytes, footer); // about the table; empty
            var blocks = new TreeMap<String, byte[]>();
            addRows(block(bytes, footer), blocks);
            var rows = new TreeMap<String, byte[]>();
            for (var handle : blocks.values()) {
                addRows(block(bytes, ByteBuffer.wrap(handle)), rows);
            }
            return rows;
        } catch (BufferUnderflowException
                | ArithmeticException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            throw Refusal.of(file, "damaged index of a checkpoint");
        }
    }

    /** A block, by the next handle: where it begins, and its length without compression and checksum. */
    private static ByteBuffer block(ByteBuffer file, ByteBuffer handle) {
        int from = Math.toIntExact(varint(handle));
        int length = Math.toIntExact(varint(handle));
        require(file.get(from + length) == 0); // uncompressed
        require(file.getInt(from + length + 1) == checksum(file.slice(from, length + 1)));
        return file.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A name shares its beginning with the one before it. After the rows come their places, and how many of these. */
    private static void addRows(ByteBuffer block, SortedMap<String, byte[]> rows) {
        int restarts = block.getInt(block.limit() - Integer.BYTES);
        block.limit(Math.subtractExact(block.limit(), Math.multiplyExact(restarts + 1, Integer.BYTES)));
        var name = new byte[0];
        while (block.hasRemaining()) {
            int shared = Math.toIntExact(varint(block));
            int own = Math.toIntExact(varint(block));
            var value = new byte[checked(varint(block), block.remaining())];
            require(shared <= name.length && own <= LONGEST_NAME - shared && rows.size() < MOST_ROWS);
            var next = ByteBuffer.allocate(shared + own).put(name, 0, shared).array();
            block.get(next, shared, own).get(value);
            name = next;
            rows.put(new String(name, StandardCharsets.UTF_8), value);
        }
    }

    private static int checked(long length, int most) {
        require(length <= most);
        return (int) length;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }

    /** Seven bits a byte, the lowest first; at least 0 here. */
    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException();
    }

    /** CRC-32C, masked, for what holds checksums of its own. */
    static int checksum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return masked(crc);
    }

    static int masked(CRC32C crc) {
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    /** All rows in one block, each name whole. */
    static byte[] write(SortedMap<String, byte[]> rows) {
        var file = new ByteArrayOutputStream();
        long[] data = append(file, blockOf(rows));
        long[] about = append(file, blockOf(new TreeMap<>()));
        var last = rows.isEmpty() ? "" : rows.lastKey();
        long[] index = append(file, blockOf(new TreeMap<>(Map.of(last, handle(data)))));
        var footer = ByteBuffer.allocate(FOOTER).order(ByteOrder.LITTLE_ENDIAN);
        footer.put(handle(about)).put(handle(index)).putLong(FOOTER - Long.BYTES, MAGIC);
        file.writeBytes(footer.array());
        return file.toByteArray();
    }

    private static byte[] blockOf(SortedMap<String, byte[]> rows) {
        var block = new ByteArrayOutputStream();
        var places = ByteBuffer.allocate(Integer.BYTES * (Math.max(1, rows.size()) + 1))
                .order(ByteOrder.LITTLE_ENDIAN);
        rows.forEach((name, value) -> {
            places.putInt(block.size());
            var bytes = name.getBytes(StandardCharsets.UTF_8);
            putVarint(block, 0);
            putVarint(block, bytes.length);
            putVarint(block, value.length);
            block.writeBytes(bytes);
            block.writeBytes(value);
        });
        places.putInt(places.capacity() - Integer.BYTES, Math.max(1, rows.size()));
        block.writeBytes(places.array());
        return block.toByteArray();
    }

    /** @return where it begins, and its length */
    private static long[] append(ByteArrayOutputStream file, byte[] block) {
        long from = file.size();
        var withType = Arrays.copyOf(block, block.length + 1); // 0: uncompressed
        file.writeBytes(withType);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(checksum(ByteBuffer.wrap(withType)))
                .array());
        return new long[] {from, block.length};
    }

    private static byte[] handle(long[] fromAndLength) {
        var handle = new ByteArrayOutputStream();
        putVarint(handle, fromAndLength[0]);
        putVarint(handle, fromAndLength[1]);
        return handle.toByteArray();
    }

    private static void putVarint(ByteArrayOutputStream out, long value) {
        long rest = value;
        for (; rest > 0x7f; rest >>>= 7) {
            out.write((int) (rest & 0x7f | 0x80));
        }
        out.write((int) rest);
    }
}
