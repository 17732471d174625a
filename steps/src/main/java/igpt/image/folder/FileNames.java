package igpt.image.folder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names of files as text. On the disk a name is any bytes; those that the locale's letters do not explain Java shows as
 * {@link #UNKNOWN}, and two names may look the same.
 */
final class FileNames {
    static final char UNKNOWN = '\ufffd';

    private FileNames() {}

    /** The bytes as UTF-8, and each that is none as {@code \xE9}. */
    static String text(Path relative) {
        var here = Path.of("").toAbsolutePath();
        var bytes = bytes(here.resolve(relative));
        int prefix = bytes(here.resolve("x")).length - 1;
        return text(ByteBuffer.wrap(bytes, prefix, bytes.length - prefix));
    }

    /** A path's own bytes: its URI has them, whatever the locale. */
    private static byte[] bytes(Path absolute) {
        var raw = absolute.toUri().getRawPath();
        int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < end; i++) {
            if (raw.charAt(i) == '%') {
                bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(raw.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    private static String text(ByteBuffer bytes) {
        var text = CharBuffer.allocate(4 * bytes.remaining()); // \xE9 is the longest that a byte becomes
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        for (var result = decoder.decode(bytes, text, true);
                result.isError();
                result = decoder.reset().decode(bytes, text, true)) {
            for (int i = 0; i < result.length(); i++) {
                text.put("\\x%02X".formatted(bytes.get() & 0xff));
            }
        }
        return text.flip().toString();
    }
}
