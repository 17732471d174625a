package igpt.runtime;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The environment as TensorFlow's library reads it when it is loaded: the C library's own. Java's is a copy, taken when
 * the process began.
 */
public final class NativeEnvironment {
    private static final int M_TRIM_THRESHOLD = -1; // of malloc.h
    private static final int M_MMAP_MAX = -4;

    /** JavaCPP's, in bytes; 0: whatever there is. */
    static final String MOST_MEMORY = "org.bytedeco.javacpp.maxPhysicalBytes";

    private static final Map<String, String> SET = new ConcurrentHashMap<>();

    private interface CLibrary extends Library {
        int setenv(String name, String value, int overwrite);

        int mallopt(int parameter, int value);
    }

    private NativeEnvironment() {}

    /**
     * Sets what we want and the user has not set. Before TensorFlow is loaded.
     *
     * @param cuda the folder of CUDA's libraries; null: there is no GPU
     */
    public static void prepare(@Nullable Path cuda) {
        var given = System.getenv();
        prepareVariables(given, cuda);
        // Memory that is given back after each iteration is only asked for again.
        if (!isSet(given, "MALLOC_TRIM_THRESHOLD_")) {
            load().mallopt(M_TRIM_THRESHOLD, -1); // never
        }
        if (!isSet(given, "MALLOC_MMAP_THRESHOLD_")) {
            load().mallopt(M_MMAP_MAX, 0); // none of its own for a large block
        }
    }

    /** The same on the CPU in a program of the user's, whose memory is its own affair. */
    public static void prepareLibrary() {
        prepareVariables(System.getenv(), null);
    }

    private static void prepareVariables(Map<String, String> given, @Nullable Path cuda) {
        wanted(given, hasAvx2(), cuda).forEach(NativeEnvironment::set);
        // TensorFlow's weights are outside Java's heap. By itself JavaCPP ends a process that takes four times the
        // heap.
        System.getProperties().putIfAbsent(MOST_MEMORY, "0");
    }

    static Map<String, String> wanted(Map<String, String> given, boolean avx2, @Nullable Path cuda) {
        var wanted = new LinkedHashMap<String, String>();
        wanted.put("TF_CPP_MIN_LOG_LEVEL", "2"); // errors only
        var xla = new StringJoiner(" ");
        // XLA has oneDNN compute its products where it compiles to one function instead of a list of "thunks": faster,
        // if oneDNN has kernels for the processor, which begin with AVX2.
        if (avx2) {
            xla.add("--xla_cpu_use_thunk_runtime=false");
        }
        if (cuda != null) {
            wanted.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID"); // gpu:0 is nvidia-smi's
            wanted.put("TF_FORCE_GPU_ALLOW_GROWTH", "true");
            // What is killed and resumed must end in the same bytes, so kernels add up in one order only.
            wanted.put("TF_DETERMINISTIC_OPS", "1");
            // There XLA reads libdevice and runs ptxas, which the program provides (Ptxas).
            xla.add("--xla_gpu_cuda_data_dir='" + cuda + "'");
            if (!isSet(given, "TF_DETERMINISTIC_OPS") || "1".equals(given.get("TF_DETERMINISTIC_OPS"))) {
                xla.add("--xla_gpu_deterministic_ops=true");
            }
        }
        if (xla.length() > 0) {
            wanted.put("XLA_FLAGS", xla.toString());
        }
        wanted.keySet().removeIf(name -> isSet(given, name));
        return wanted;
    }

    private static boolean isSet(Map<String, String> given, String name) {
        return !given.getOrDefault(name, "").isEmpty();
    }

    private static boolean hasAvx2() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.anyMatch(line -> line.startsWith("flags") && (line + " ").contains(" avx2 "));
        } catch (IOException | UncheckedIOException notLinux) {
            return false;
        }
    }

    /** Before any native code reads it. */
    public static void set(String name, String value) {
        load().setenv(name, value, 1);
        SET.put(name, value);
    }

    private static CLibrary load() {
        return Native.load("c", CLibrary.class);
    }

    /** Java's copy, and what was set since. */
    public static Map<String, String> variables() {
        var variables = new TreeMap<>(System.getenv());
        variables.putAll(SET);
        return variables;
    }
}
