package igpt.runtime;

import igpt.schema.run.RuntimeSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** The settings that this process has by itself. */
public final class ThisProcess {
    /** Variables that change what is computed. */
    private static final Pattern READ = Pattern.compile("XLA_FLAGS|(ONEDNN|DNNL|CUBLAS|CUDNN)_.*|NVIDIA_TF32_OVERRIDE"
            + "|TF_(XLA|ENABLE|DISABLE|USE|NUM|OVERRIDE|MKL|CUDNN|CUBLAS|DETERMINISTIC|MATMUL)_.*"); // not Terraform's

    /** Where compilations are kept, by what name, and where CUDA lies. */
    private static final Pattern HARMLESS_FLAG = Pattern.compile(
            "--(tf_xla_persistent_cache_\\w+|tf_xla_deterministic_cluster_names|xla_gpu_cuda_data_dir)=('[^']*'|\\S*)");

    private static final Pattern NAMED = Pattern.compile("(vendor_id|cpu family|model|model name|stepping)\\s*:.*");

    private ThisProcess() {}

    /** As a new run would have them. */
    public static RuntimeSettings settings(String tensorflow) {
        return new RuntimeSettings(
                Runtime.getRuntime().availableProcessors(),
                1,
                tensorflow,
                flags(NativeEnvironment.variables()),
                processor());
    }

    static String flags(Map<String, String> environment) {
        var flags = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (READ.matcher(name).matches()) {
                var rest = HARMLESS_FLAG.matcher(value).replaceAll("").strip().replaceAll("\\s+", " ");
                if (!rest.isEmpty()) {
                    flags.put(name, rest);
                }
            }
        });
        return flags.entrySet().stream()
                .map(flag -> flag.getKey() + "=" + flag.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Vendor, family, model, name and stepping of the first core, and a checksum of what it can do. */
    private static String processor() {
        try {
            var names = new StringJoiner(" ");
            var can = new CRC32();
            for (var line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.isBlank()) {
                    break;
                }
                var value = line.substring(line.indexOf(':') + 1).strip();
                if (NAMED.matcher(line).matches()) {
                    names.add(value);
                }
                if (line.startsWith("flags")) {
                    can.update(value.getBytes(StandardCharsets.US_ASCII));
                }
            }
            return "%s %08x".formatted(names, can.getValue());
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
