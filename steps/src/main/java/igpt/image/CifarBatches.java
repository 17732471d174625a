package igpt.image;

import igpt.schema.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The six batch files, in memory: 184 MB. An image is a byte of label and 3 × 32 × 32 bytes, red plane first
 * (https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version").
 */
final class CifarBatches {
    static final List<String> NAMES = List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin");
    static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final int TEST = 5;
    private static final int RECORD = 1 + 3 * 32 * 32;

    private final byte[][] files;
    private final int[] first = new int[NAMES.size() + 1]; // the id of each file's first image, and one past the last

    private CifarBatches(Map<String, byte[]> byName, Path from) {
        files = new byte[NAMES.size()][];
        for (int b = 0; b < files.length; b++) {
            var name = NAMES.get(b);
            var bytes = byName.get(name);
            if (bytes == null) {
                throw new UserException("data: " + name + " is missing in " + from + ": get CIFAR-10's binary version");
            }
            if (bytes.length == 0 || bytes.length % RECORD != 0) {
                throw new UserException("data: " + name + " in " + from + " is cut short: " + bytes.length
                        + " bytes are no multiple of " + RECORD + "; get it again");
            }
            for (int i = 0; i < bytes.length / RECORD; i++) {
                int label = bytes[i * RECORD] & 0xff;
                if (label >= CLASSES.size()) {
                    throw new UserException("data: " + name + " in " + from + ": image " + i + " has label " + label
                            + ", above 9: not CIFAR-10, or damaged");
                }
            }
            files[b] = bytes;
            first[b + 1] = first[b] + bytes.length / RECORD;
        }
    }

    static CifarBatches load(Path folderOrArchive) {
        try {
            return new CifarBatches(
                    Files.isRegularFile(folderOrArchive) ? unpack(folderOrArchive) : readFolder(folderOrArchive),
                    folderOrArchive);
        } catch (EOFException e) {
            throw new UserException("data: " + folderOrArchive + " is cut short: get it again", e);
        } catch (ZipException e) {
            throw new UserException(
                    "data: " + folderOrArchive + " is no archive that can be read (" + e.getMessage()
                            + "): give a folder, or CIFAR-10's cifar-10-binary.tar.gz",
                    e);
        } catch (IOException e) {
            throw new UserException("data: cannot read " + folderOrArchive + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, byte[]> readFolder(Path folder) throws IOException {
        var files = new HashMap<String, byte[]>();
        for (var name : NAMES) {
            if (Files.exists(folder.resolve(name))) {
                files.put(name, Files.readAllBytes(folder.resolve(name)));
            }
        }
        return files;
    }

    /** The batches in a {@code .tar.gz}: of tar (POSIX ustar) only names and sizes are needed. */
    private static Map<String, byte[]> unpack(Path archive) throws IOException {
        var files = new HashMap<String, byte[]>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
            for (var header = in.readNBytes(512); !isEnd(header); header = in.readNBytes(512)) {
                long size = octal(header, 124, 12);
                var path = text(header, 0, 100);
                var name = path.substring(path.lastIndexOf('/') + 1);
                long padding = -size & 511;
                if (NAMES.contains(name)) {
                    files.put(name, in.readNBytes(Math.toIntExact(size)));
                    in.skipNBytes(padding);
                } else {
                    in.skipNBytes(size + padding);
                }
            }
            in.transferTo(OutputStream.nullOutputStream()); // to the end, where gzip's checksum stands
        }
        if (files.isEmpty()) {
            throw new UserException(
                    "data: no CIFAR-10 batches in " + archive + ": unpack other archives and give the folder");
        }
        return files;
    }

    private static boolean isEnd(byte[] header) throws IOException {
        if (header.length < 512) {
            throw new EOFException("the archive ends within a file");
        }
        return header[0] == 0;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int from, int length) throws IOException {
        var digits = text(header, from, length).strip();
        try {
            return Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new ZipException("no tar archive inside");
        }
    }

    int images() {
        return first[NAMES.size()];
    }

    ImageRef ref(int id) {
        int batch = batch(id);
        int at = id - first[batch];
        return new ImageRef(
                id, batch == TEST ? Split.TEST : Split.TRAIN, files[batch][at * RECORD], NAMES.get(batch) + "#" + at);
    }

    /** Label and planes. */
    ByteBuffer record(int id) {
        int batch = batch(id);
        return ByteBuffer.wrap(files[batch], (id - first[batch]) * RECORD, RECORD)
                .slice();
    }

    private int batch(int id) {
        int batch = 0;
        while (id >= first[batch + 1]) {
            batch++;
        }
        return batch;
    }
}
