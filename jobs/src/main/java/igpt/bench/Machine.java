package igpt.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the system tells about itself and this process. */
public final class Machine {
    private Machine() {}

    /** {@code 2 x Intel(R) Xeon(R) Processor}. */
    public static String processors() {
        var model = line(Path.of("/proc/cpuinfo"), "model name").orElse(System.getProperty("os.arch", "?"));
        return Runtime.getRuntime().availableProcessors() + " x " + model;
    }

    /** The most bytes of memory that this process ever had; 0 where the system does not tell. */
    static double peakMemory() {
        return status("VmHWM");
    }

    /** Bytes of it that are files, libraries above all: the system drops them where it needs the memory. */
    static double fileMemory() {
        return status("RssFile");
    }

    private static double status(String name) {
        return line(Path.of("/proc/self/status"), name)
                .map(text -> 1024.0 * Long.parseLong(text.replaceAll("\\D", "")))
                .orElse(0.0);
    }

    /** What follows the colon of the first line with that name. */
    private static Optional<String> line(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip());
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
