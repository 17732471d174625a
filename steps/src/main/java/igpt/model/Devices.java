package igpt.model;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;

/** How TensorFlow runs our graphs. */
final class Devices {
    private Devices() {}

    /**
     * XLA compiles everything, on the CPU too: it is faster, and its sums are bit-reproducible, which the plain
     * kernels' are not.
     */
    static ConfigProto session(int threads) {
        OptimizerOptions xla = OptimizerOptions.newBuilder()
                .setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.ON_2)
                .setCpuGlobalJit(true)
                .build();
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(1)
                .setGraphOptions(GraphOptions.newBuilder().setOptimizerOptions(xla))
                .build();
    }
}
