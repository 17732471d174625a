package igpt.schema.lock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process that works on a run.
 *
 * @param started when the process began, by the clock of then
 * @param birth the same as a {@link ProcessBirth}, which tells it from every other; null if an earlier version of the
 *     program wrote it down
 */
public record Holder(long pid, String host, Instant started, @Nullable String birth) {

    /** This process. */
    public static Holder self() {
        var process = ProcessHandle.current();
        var started = process.info().startInstant().orElse(Instant.EPOCH).truncatedTo(ChronoUnit.MILLIS);
        var birth = ProcessBirth.see(process.pid())
                .map(ProcessBirth.Seen::birth)
                .filter(born -> !born.place().isEmpty())
                .map(ProcessBirth::toString);
        return new Holder(process.pid(), thisHost(), started, birth.orElse(null));
    }

    /**
     * Whether it can be looked at and signalled from here: it is, or was, of this boot of this machine, and of this
     * container if there is one.
     */
    public boolean here() {
        return ProcessBirth.seesAll()
                && born().map(birth -> birth.place().equals(ProcessBirth.here()))
                        .orElseGet(() -> host.equals(thisHost()));
    }

    /** Whether that very process is there; false for one on another machine, which cannot be seen from here. */
    public boolean alive() {
        return seen().isPresent();
    }

    /** Whether it is there and was stopped, as by {@code kill -STOP}, so that it answers nobody. */
    public boolean suspended() {
        return seen().map(ProcessBirth.Seen::stopped).orElse(false);
    }

    private Optional<ProcessBirth.Seen> seen() {
        if (!here()) {
            return Optional.empty();
        }
        var born = born();
        return ProcessBirth.see(pid).filter(now -> born.isEmpty() || born.get().equals(now.birth()));
    }

    private Optional<ProcessBirth> born() {
        return birth == null ? Optional.empty() : ProcessBirth.parse(birth);
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }

    /** The kernel's own name for it, since asking the resolver can take seconds. */
    private static String thisHost() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            return nameByResolver();
        }
    }

    private static String nameByResolver() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
