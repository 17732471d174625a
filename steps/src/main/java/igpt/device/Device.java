package igpt.device;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network is computed on.
 *
 * @param numbers of the GPUs among those that the process may see; empty: the CPU
 * @param gpus the same GPUs
 * @param threads of the CPU
 * @param intraOp those of them that share an operation; 1: each computes operations of its own
 * @param replicas of the variables, one for each device
 */
public record Device(List<Integer> numbers, List<Gpu> gpus, int threads, int intraOp, int replicas) {
    // Of parts of a batch; the first two measured on two cores.
    private static final double TOGETHER = 1.4; // times as long, if threads share each operation
    private static final int CALLS = 40; // what calling a part's functions takes, in positions
    private static final double ABOUT = 1.03; // times as long: no difference
    private static final int MOST = 4; // a thread: each has gradients of its own

    public static Device cpu(int threads) {
        return cpus(1, threads);
    }

    /** The CPU as several devices: the graph of as many GPUs, where there are none. */
    public static Device cpus(int replicas, int threads) {
        return new Device(List.of(), List.of(), threads, 1, replicas);
    }

    /** @throws igpt.schema.UserException if one of them cannot be used */
    public static Device gpus(List<Integer> numbers, int threads) {
        return new Device(numbers, Gpus.get(numbers), threads, 1, numbers.size());
    }

    /** The same where so many threads share an operation. */
    public Device sharingOperations(int intraOp) {
        return new Device(numbers, gpus, threads, intraOp, replicas);
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
                        intraOp,
                        most);
    }

    /**
     * Parts of its sequences that a replica computes, each by one thread, so that none waits for another before the end;
     * or 1, by all threads together. Of what takes about as long, the most parts: what one makes in passing is in memory
     * for as many as there are threads.
     */
    public int towers(int sequences, int positions) {
        if (isGpu()) {
            return 1;
        }
        var choices = IntStream.rangeClosed(1, Math.min(sequences, MOST * threads))
                .filter(parts -> sequences % parts == 0)
                .boxed()
                .toList();
        double least = choices.stream()
                .mapToDouble(parts -> time(parts, sequences, positions))
                .min()
                .orElseThrow();
        return choices.stream()
                .filter(parts -> time(parts, sequences, positions) <= ABOUT * least)
                .reduce(1, Math::max);
    }

    /**
     * In what one thread takes for a position. In the forward pass the last parts are waited for; in the backward pass,
     * which goes layer by layer, all take turns.
     */
    private double time(int parts, int sequences, int positions) {
        if (parts == 1) {
            return Math.min(1, TOGETHER / intraOp) * sequences * positions + CALLS;
        }
        double turns = Math.max(1, (double) parts / threads);
        return (turns + Math.ceil(turns)) / 2 * (sequences / parts * positions + CALLS);
    }

    public boolean isGpu() {
        return !gpus.isEmpty();
    }

    /** As results name it: two of the same name round alike. */
    public String name() {
        if (gpus.isEmpty()) {
            return "cpu";
        }
        var name = gpus.get(0).name();
        return gpus.size() == 1 ? name : gpus.size() + " × " + name;
    }
}
