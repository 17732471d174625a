package igpt.schema.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * When and where a process began, in words that no change of the clock alters: the kernel's boot, the namespace that
 * numbers its processes, and the process's start in ticks since that boot. Another process with a recycled number, one of
 * the same number in another container and one from before a reboot all differ in it.
 *
 * @param place the boot and the namespace: those who have the same see each other's processes under the same numbers
 * @param ticks since the boot
 */
public record ProcessBirth(String place, long ticks) {

    private static final Path PROC = Path.of("/proc");

    /** Fields of {@code /proc/PID/stat} after the command's name, which may hold anything, in parentheses. */
    private static final int STATE = 0;

    private static final int START = 19;

    /** A process as it is now. Stopped: it is there and does nothing until it is continued. */
    record Seen(ProcessBirth birth, boolean stopped) {}

    /** Empty if there is none of this number, or it has ended and only waits for its parent to notice. */
    static Optional<Seen> see(long pid) {
        try {
            var stat = Files.readString(PROC.resolve(pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            var state = fields[STATE];
            if (state.equals("Z") || state.equals("X")) {
                return Optional.empty();
            }
            var birth = new ProcessBirth(here(), Long.parseLong(fields[START]));
            return Optional.of(new Seen(birth, state.equals("T") || state.equals("t")));
        } catch (IOException | RuntimeException notThere) { // it may end while it is looked at
            return Optional.empty();
        }
    }

    /** Whether processes of other users can be seen: where {@code /proc} hides them, not seeing one proves nothing. */
    static boolean seesAll() {
        return Files.exists(PROC.resolve("1/stat"));
    }

    static String here() {
        try {
            var boot =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
            return boot + " " + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
        } catch (IOException unknown) {
            return "";
        }
    }

    @Override
    public String toString() {
        return place + " " + ticks;
    }

    /** The reverse of {@link #toString}; empty for what is none. */
    public static Optional<ProcessBirth> parse(String text) {
        int end = text.lastIndexOf(' ');
        try {
            return Optional.of(new ProcessBirth(text.substring(0, end), Long.parseLong(text.substring(end + 1))));
        } catch (RuntimeException notOne) {
            return Optional.empty();
        }
    }
}
