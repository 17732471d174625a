package igpt.image.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** A tar archive by hand (POSIX ustar). */
public final class TestArchive {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    TestArchive folder(String name) {
        tar.writeBytes(header(name, 0, '5'));
        return this;
    }

    TestArchive file(String name, byte[] bytes) {
        tar.writeBytes(header(name, bytes.length, '0'));
        tar.writeBytes(Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512));
        return this;
    }

    byte[] bytes() {
        var bytes = tar.toByteArray();
        return Arrays.copyOf(bytes, bytes.length + 1024);
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    Path writeGzipped(Path file) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes());
        }
        return file;
    }

    public static byte[] header(String name, int size, char type) {
        var header = new byte[512];
        put(header, 0, name);
        put(header, 124, String.format("%011o", size));
        header[156] = (byte) type;
        put(header, 257, "ustar");
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
