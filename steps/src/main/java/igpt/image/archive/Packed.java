package igpt.image.archive;

import igpt.schema.UserException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Files picked by name out of a folder, or out of a tar archive, gzipped or not, wherever they lie in it. What cannot be
 * read is a {@link UserException}.
 */
public final class Packed {
    private Packed() {}

    /** Those that are there. */
    public static Map<String, byte[]> read(Path folderOrArchive, Collection<String> names) {
        return explained(
                folderOrArchive,
                () -> Files.isRegularFile(folderOrArchive)
                        ? unpack(folderOrArchive, names)
                        : readFolder(folderOrArchive, names));
    }

    /** The first answer for a file's name in the archive. */
    public static <T> Optional<T> find(Path archive, Function<String, @Nullable T> answer) {
        return explained(archive, () -> {
            try (var in = open(archive)) {
                for (var file = next(in); file != null; file = next(in)) {
                    var found = answer.apply(file.fileName());
                    if (found != null) {
                        return Optional.of(found);
                    }
                    in.skipNBytes(file.padded());
                }
                return Optional.empty();
            }
        });
    }

    /** A text's lines, blank ones left out. */
    public static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static Map<String, byte[]> readFolder(Path folder, Collection<String> names) throws IOException {
        var files = new HashMap<String, byte[]>();
        for (var name : names) {
            if (Files.exists(folder.resolve(name))) {
                files.put(name, Files.readAllBytes(folder.resolve(name)));
            }
        }
        return files;
    }

    private static Map<String, byte[]> unpack(Path archive, Collection<String> names) throws IOException {
        var files = new HashMap<String, byte[]>();
        try (var in = open(archive)) {
            for (var file = next(in); file != null; file = next(in)) {
                if (file.regular() && names.contains(file.fileName())) {
                    var bytes = read(in, file.size(), file.name());
                    files.put(file.fileName(), bytes);
                    in.skipNBytes(file.padded() - bytes.length);
                } else {
                    in.skipNBytes(file.padded());
                }
            }
            in.transferTo(OutputStream.nullOutputStream()); // to the end, where gzip's checksum stands
        }
        return files;
    }

    /** All of it, whose length somebody else has set: as much as memory may hold, however much that says. */
    private static byte[] read(InputStream in, long size, String name) throws IOException {
        if (size > most()) {
            throw new ZipException("%s in it is too large: %d MB".formatted(name, size >> 20));
        }
        return in.readNBytes((int) size);
    }

    /** To the end. */
    static byte[] readAll(InputStream in) throws IOException {
        int most = most();
        var bytes = in.readNBytes(most);
        if (in.read() >= 0) {
            throw new ZipException("it is larger than " + (most >> 20) + " MB");
        }
        return bytes;
    }

    /** Of a file in memory; while it is read it is there twice. */
    private static int most() {
        return (int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 3);
    }

    private static InputStream open(Path archive) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        try {
            var unpacked = gunzipped(in);
            if (unpacked == in && Files.size(archive) > 0 && Files.size(archive) < TarHeader.BYTES) {
                throw new ZipException("neither gzip nor tar");
            }
            return unpacked;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The stream's contents, unpacked if its first bytes say that it is packed. */
    static InputStream gunzipped(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() | in.read() << 8;
        in.reset();
        return magic == GZIPInputStream.GZIP_MAGIC ? new Gunzip(in) : in;
    }

    private static @Nullable TarHeader next(InputStream in) throws IOException {
        return TarHeader.parse(in.readNBytes(TarHeader.BYTES));
    }

    /** Something that may fail on the disk. */
    @FunctionalInterface
    public interface IoSupplier<T> {
        T get() throws IOException;
    }

    public static <T> T explained(Path file, IoSupplier<T> work) {
        try {
            return work.get();
        } catch (EOFException e) {
            throw new UserException("data: " + file + " is cut short: get it again", e);
        } catch (ZipException e) {
            throw new UserException(
                    "data: " + file + " is no archive that can be read (" + e.getMessage()
                            + "): give a folder of images, or the archive as it was published",
                    e);
        } catch (IOException e) {
            throw new UserException("data: cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
