package igpt.model;

import java.util.List;

/**
 * What a network is computed on.
 *
 * @param numbers of the GPUs among those that the process may see; empty: the CPU
 * @param gpus the same GPUs
 * @param threads of the CPU
 */
public record Device(List<Integer> numbers, List<Gpu> gpus, int threads) {

    public static Device cpu(int threads) {
        return new Device(List.of(), List.of(), threads);
    }

    /** @throws igpt.schema.UserException if one of them cannot be used */
    public static Device gpus(List<Integer> numbers, int threads) {
        return new Device(numbers, Gpus.get(numbers), threads);
    }

    public boolean isGpu() {
        return !gpus.isEmpty();
    }

    /** As results name it: two of the same name round alike. */
    public String name() {
        if (gpus.isEmpty()) {
            return "cpu";
        }
        String name = gpus.get(0).name();
        return gpus.size() == 1 ? name : gpus.size() + " × " + name;
    }
}
