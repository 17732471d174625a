package igpt.config;

import igpt.device.Device;
import igpt.device.Gpus;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parameter {@code device}: what the networks of a run are computed on.
 *
 * @param gpus numbers of NVIDIA GPUs, as nvidia-smi counts them; empty unless the kind is {@link Kind#GPU}
 */
public record DeviceName(Kind kind, List<Integer> gpus) {
    public static final String HELP =
            "auto: a GPU with ./igpt --gpu, else the CPU; cpu; gpu; gpu:N; or gpu:N,M,… which share each batch";

    private static final Pattern NUMBERED = Pattern.compile("gpu:(\\d{1,3}(?:,\\d{1,3})*)");

    public enum Kind {
        AUTO,
        CPU,
        GPU
    }

    /** @throws UsageException if it is none */
    public static DeviceName parse(String text) {
        var numbered = NUMBERED.matcher(text);
        if (numbered.matches()) {
            var numbers = Stream.of(numbered.group(1).split(","))
                    .map(Integer::valueOf)
                    .toList();
            if (Set.copyOf(numbers).size() == numbers.size()) {
                return new DeviceName(Kind.GPU, numbers);
            }
        }
        return switch (text) {
            case "auto" -> new DeviceName(Kind.AUTO, List.of());
            case "cpu" -> new DeviceName(Kind.CPU, List.of());
            case "gpu" -> new DeviceName(Kind.GPU, List.of(0));
            default ->
                throw new UsageException(
                        "parameter 'device' cannot be '" + text + "': it must be auto, cpu, gpu, gpu:N or gpu:N,M");
        };
    }

    /**
     * That of this machine.
     *
     * @param threads of the CPU
     * @throws igpt.schema.UserException if it cannot be used
     */
    public Device find(int threads) {
        return switch (kind) {
            case CPU -> Device.cpu(threads);
            case GPU -> Device.gpus(gpus, threads);
            case AUTO -> Gpus.built() ? Device.gpus(List.of(0), threads) : Device.cpu(threads);
        };
    }
}
