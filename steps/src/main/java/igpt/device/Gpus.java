package igpt.device;

import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The GPUs that can be used: asked of the driver's own program, before TensorFlow is loaded and says less. */
public final class Gpus {
    /** XLA writes PTX 8.5, as CUDA 12.5 does; where there is no ptxas it is the driver that compiles it. */
    private static final int OLDEST_DRIVER = 555;

    private static final String NATIVE = "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libjnitensorflow.so";
    private static final String ELSE = "; or give device=cpu";
    private static final int PATIENCE_SECONDS = 60;

    private static @Nullable List<Gpu> seen;

    private Gpus() {}

    /** Whether this program came with TensorFlow's GPU library. */
    public static boolean built() {
        return Gpus.class.getResource(NATIVE) != null;
    }

    /**
     * Those of the numbers given.
     *
     * @throws UserException if one is not there or cannot be used, with the reason and what to do
     */
    public static List<Gpu> get(List<Integer> numbers) {
        if (!built()) {
            throw new UserException("this build has no GPU support: ./igpt --gpu …" + ELSE);
        }
        return choose(seen(), numbers);
    }

    /** Asked once: TensorFlow keeps memory that it has had, and a later answer would count it as taken. */
    private static synchronized List<Gpu> seen() {
        if (seen == null) {
            seen = visible(parse(ask("nvidia-smi", PATIENCE_SECONDS)), System.getenv("CUDA_VISIBLE_DEVICES"));
        }
        return seen;
    }

    /** What the driver's program prints of its GPUs, a line each. Into a file: reading would wait for its end, however long. */
    static String ask(String program, int seconds) {
        try {
            var printed = Files.createTempFile("igpt", ".txt");
            try {
                run(program, seconds, printed);
                return Files.readString(printed).strip();
            } finally {
                Files.deleteIfExists(printed);
            }
        } catch (IOException e) {
            throw new UserException("the NVIDIA driver's answer cannot be written down: " + e.getMessage() + ELSE, e);
        }
    }

    private static void run(String program, int seconds, Path printed) throws IOException {
        try {
            var process = start(program, printed);
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new UserException("the NVIDIA driver does not answer: nothing in " + seconds + " seconds" + ELSE);
            }
            if (process.exitValue() != 0) {
                throw new UserException("the NVIDIA driver does not answer: "
                        + Files.readString(printed).strip().lines().findFirst().orElse("nvidia-smi failed") + ELSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted", e);
        }
    }

    private static Process start(String program, Path printed) {
        try {
            return new ProcessBuilder(
                            program, "--query-gpu=index,uuid,name,driver_version,memory.free", "--format=csv,noheader")
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
        } catch (IOException e) {
            throw new UserException(
                    "there is no NVIDIA driver (no nvidia-smi is found): install one, %d or newer%s"
                            .formatted(OLDEST_DRIVER, ELSE),
                    e);
        }
    }

    static List<Gpu> parse(String said) {
        return said.lines()
                .map(line -> line.split(", "))
                .filter(fields -> fields.length == 5) // others are words: "No devices were found"
                .map(fields -> new Gpu(
                        Integer.parseInt(fields[0].strip()), fields[1], fields[2], fields[3], mebibytes(fields[4])))
                .toList();
    }

    /** {@code 143771 MiB}; a lot where the driver does not tell. */
    private static long mebibytes(String text) {
        var number = text.replace("MiB", "").strip();
        return number.matches("\\d+") ? Long.parseLong(number) << 20 : Long.MAX_VALUE;
    }

    /** Those that CUDA shows the process, in its order: numbers or beginnings of uuids, up to the first that is none. */
    static List<Gpu> visible(List<Gpu> all, @Nullable String variable) {
        if (variable == null) {
            return all;
        }
        var visible = new ArrayList<Gpu>();
        for (var entry : variable.split(",")) {
            var named = all.stream()
                    .filter(gpu -> entry.strip().startsWith("GPU-")
                            ? gpu.uuid().startsWith(entry.strip())
                            : entry.strip().equals(String.valueOf(gpu.number())))
                    .findFirst();
            if (named.isEmpty()) {
                break;
            }
            visible.add(named.get());
        }
        return visible;
    }

    static List<Gpu> choose(List<Gpu> all, List<Integer> numbers) {
        if (all.isEmpty()) {
            throw new UserException("the NVIDIA driver sees no GPU" + ELSE);
        }
        for (int number : numbers) {
            if (number >= all.size()) {
                throw new UserException("there is no gpu:%d; there is %s%s".formatted(number, named(all), ELSE));
            }
        }
        var chosen = numbers.stream().map(all::get).toList();
        for (var gpu : chosen) {
            if (gpu.branch() < OLDEST_DRIVER) {
                throw new UserException("the NVIDIA driver %s is too old: %d or newer is needed%s"
                        .formatted(gpu.driver(), OLDEST_DRIVER, ELSE));
            }
        }
        return chosen;
    }

    private static String named(List<Gpu> gpus) {
        var names = new ArrayList<String>();
        gpus.forEach(gpu -> names.add("gpu:" + names.size() + ", " + gpu.name()));
        return names.stream().collect(Collectors.joining("; "));
    }
}
