package igpt.schema.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as 64 lower-case hexadecimal digits, as {@code sha256sum} prints it. */
public final class Checksums {
    private Checksums() {}

    public static String sha256(Path file) throws IOException {
        return of(file, newSha256());
    }

    /** Of a folder of files: over the checksums of each, by name. */
    public static String sha256OfFolder(Path folder) throws IOException {
        var digest = newSha256();
        try (var files = Files.list(folder)) {
            for (var file : (Iterable<Path>) files.sorted()::iterator) {
                digest.update(sha256(file).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return hex(digest);
    }

    /** Of a text, as UTF-8. */
    public static String sha256OfText(String text) {
        var digest = newSha256();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return hex(digest);
    }

    /** For what others publish; no protection against forgery. */
    public static String md5(Path file) throws IOException {
        return of(file, newDigest("MD5"));
    }

    private static String of(Path file, MessageDigest digest) throws IOException {
        var buffer = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return hex(digest);
    }

    /** Whether the file is there and has these bytes. */
    public static boolean matches(Path file, String sha256) throws IOException {
        return Files.exists(file) && sha256(file).equals(sha256);
    }

    /** @throws CorruptFileException unless {@link #matches} */
    public static void verify(Path file, String sha256) throws IOException {
        if (!Files.exists(file)) {
            throw new CorruptFileException(file, "it is missing");
        }
        if (!matches(file, sha256)) {
            throw new CorruptFileException(file, "its bytes are not those that were written");
        }
    }

    /** For what is no file, or more than one: feed it, then {@link #hex}. */
    public static MessageDigest newSha256() {
        return newDigest("SHA-256");
    }

    private static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
