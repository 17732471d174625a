package igpt.graph;

import igpt.device.Device;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Adds up what each replica computed, and gives the sum to all. */
public enum AllReduce {
    /** On the first replica's device. */
    FIRST,
    /** NVIDIA's library: each GPU adds up a part, and passes it around. */
    NCCL;

    public static AllReduce on(Device device) {
        return device.isGpu() ? NCCL : FIRST;
    }

    /**
     * @param parts a tensor of each replica, all of one shape
     * @param name another for each call of a graph
     * @return the sum on each replica's device
     */
    public List<Operand<TFloat32>> sums(List<Replica> replicas, List<Operand<TFloat32>> parts, String name) {
        if (replicas.size() == 1) {
            return parts;
        }
        return switch (this) {
            case FIRST ->
                Collections.nCopies(replicas.size(), replicas.get(0).tf().math.addN(parts));
            case NCCL -> {
                var sums = new ArrayList<Operand<TFloat32>>();
                for (int i = 0; i < replicas.size(); i++) {
                    sums.add(replicas.get(i)
                            .tf()
                            .distribute
                            .ncclAllReduce(parts.get(i), "sum", (long) replicas.size(), name));
                }
                yield sums;
            }
        };
    }
}
