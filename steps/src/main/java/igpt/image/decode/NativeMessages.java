package igpt.image.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Callback;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What C code writes to its {@code stderr} while it decodes. libjpeg tells there what it minds in a file and not in which, as
 * it does not know. The stream that the C library's variable names is exchanged for one that calls back here, in the thread
 * that writes; what a thread writes that decodes nothing goes where it went before.
 */
final class NativeMessages {
    private static final int UNBUFFERED = 2; // _IONBF

    private static final Pattern LIBJPEG =
            Pattern.compile("(Corrupt JPEG data|Premature end of JPEG|Inconsistent progression|Unknown Adobe color"
                    + "|Warning: unknown JFIF|Invalid SOS parameters|Application transferred too many).*");

    private static final OutputStream ERRORS = new FileOutputStream(FileDescriptor.err);

    private static final ThreadLocal<@Nullable StringBuilder> COLLECTED = new ThreadLocal<>();
    private static @Nullable NativeMessages made;
    private static int users;

    private final NativeLibrary c = NativeLibrary.getInstance("c");
    private final Pointer variable = c.getGlobalVariableAddress("stderr");
    private final Pointer original = variable.getPointer(0);
    private final Pointer collecting;
    private final Functions functions = new Functions(); // held: the stream calls it as long as the process lives

    /** The C library's {@code cookie_io_functions_t}. */
    @FieldOrder({"read", "write", "seek", "close"})
    public static final class Functions extends Structure implements Structure.ByValue {
        public @Nullable Pointer read;
        public Write write = NativeMessages::written;
        public @Nullable Pointer seek;
        public @Nullable Pointer close;
    }

    /** How a stream writes. */
    public interface Write extends Callback {
        NativeLong invoke(@Nullable Pointer cookie, Pointer text, NativeLong length);
    }

    private NativeMessages() {
        collecting = Objects.requireNonNull(
                (Pointer) c.getFunction("fopencookie").invoke(Pointer.class, new Object[] {null, "w", functions}));
        c.getFunction("setvbuf").invoke(int.class, new Object[] {collecting, null, UNBUFFERED, new NativeLong(0)});
    }

    /** To be ended as often as it was begun. Without it (another C library than GNU's, say) messages go where they went. */
    static synchronized void begin() {
        try {
            if (made == null) {
                made = new NativeMessages();
            }
        } catch (LinkageError | RuntimeException e) {
            return;
        }
        if (users++ == 0) {
            made.variable.setPointer(0, made.collecting);
        }
    }

    static synchronized void end() {
        if (made != null && --users == 0) {
            made.variable.setPointer(0, made.original);
        }
    }

    /** From here on, what this thread writes is collected. */
    static void collect() {
        COLLECTED.set(new StringBuilder());
    }

    /** @return what libjpeg said since {@link #collect}, a line each; what others said goes where it went */
    static List<String> collected() {
        var text = COLLECTED.get();
        COLLECTED.remove();
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        var messages = new ArrayList<String>();
        for (var line : text.toString().lines().toList()) {
            if (LIBJPEG.matcher(line).matches()) {
                messages.add(line);
            } else {
                forward((line + "\n").getBytes(UTF_8));
            }
        }
        return messages;
    }

    /** What was said of a file that could not be decoded: its reason is told with its name. */
    static void forget() {
        COLLECTED.remove();
    }

    private static NativeLong written(@Nullable Pointer cookie, Pointer text, NativeLong length) {
        var bytes = text.getByteArray(0, length.intValue());
        var mine = COLLECTED.get();
        if (mine == null) {
            forward(bytes);
        } else {
            mine.append(new String(bytes, UTF_8));
        }
        return length;
    }

    private static void forward(byte[] text) {
        try {
            ERRORS.write(text);
        } catch (IOException e) {
            // there is nowhere to tell it
        }
    }
}
