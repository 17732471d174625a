package igpt.model;

import java.util.List;

/**
 * What a network is computed on.
 *
 * @param numbers of the GPUs among those that the process may see; empty: the CPU
 * @param gpus the same GPUs
 * @param threads of the CPU
 * @param replicas of the variables, one for each device
 */
public record Device(List<Integer> numbers, List<Gpu> gpus, int threads, int replicas) {

    public static Device cpu(int threads) {
        return cpus(1, threads);
    }

    /** The CPU as several devices: the graph of as many GPUs, where there are none. */
    public static Device cpus(int replicas, int threads) {
        return new Device(List.of(), List.of(), threads, replicas);
    }

    /** @throws igpt.schema.UserException if one of them cannot be used */
    public static Device gpus(List<Integer> numbers, int threads) {
        return new Device(numbers, Gpus.get(numbers), threads, numbers.size());
    }

    /** As many of its replicas as share so many sequences evenly. */
    public Device sharing(int sequences) {
        int most = replicas;
        while (sequences % most != 0) {
            most--;
        }
        return most == replicas
                ? this
                : new Device(
                        isGpu() ? numbers.subList(0, most) : numbers,
                        isGpu() ? gpus.subList(0, most) : gpus,
                        threads,
                        most);
    }

    /**
     * Parts that a replica computes side by side: on the CPU one for each thread, so that none waits for another before the
     * end; or one with all threads, if they cannot share the sequences evenly.
     */
    int towers(int sequences) {
        return !isGpu() && sequences % threads == 0 ? threads : 1;
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
