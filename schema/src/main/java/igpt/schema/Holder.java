package igpt.schema;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The process that works on a run.
 *
 * @param started when the process began, so that another with a recycled id is not taken for it
 */
public record Holder(long pid, String host, Instant started) {

    /** The kernel's boot time, which start times are counted from, moves a little when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** This process. */
    static Holder self() {
        var process = ProcessHandle.current();
        return new Holder(process.pid(), thisHost(), startOf(process));
    }

    /** Whether it runs on this machine, so that it can be looked at and signalled. */
    public boolean here() {
        return host.equals(thisHost());
    }

    /** Whether that very process is there; false for one on another machine, which cannot be seen from here. */
    public boolean alive() {
        return here()
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .map(process -> Duration.between(started, startOf(process))
                                        .abs()
                                        .compareTo(TOLERANCE)
                                <= 0)
                        .orElse(false);
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH).truncatedTo(ChronoUnit.MILLIS);
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
