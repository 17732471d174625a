package igpt.device;

import igpt.runtime.NativeEnvironment;
import igpt.runtime.ThreadPools;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/** How TensorFlow runs our graphs. */
public final class Devices {
    private static final Pattern CUDA = Pattern.compile("--xla_gpu_cuda_data_dir=('?)(.+?)\\1(\\s|$)");

    private Devices() {}

    /**
     * A session on that device.
     *
     * @throws UserException if TensorFlow cannot use it: it would run on the CPU, many times slower, without a word
     */
    public static Session open(Graph graph, Device device) {
        if (device.isGpu()) {
            check(device);
        }
        // among several GPUs operations are placed by hand, also those that have no kernel there
        return new Session(
                graph, session(device).toBuilder().setAllowSoftPlacement(true).build());
    }

    /** A session of TensorFlow's own kernels, without XLA. */
    public static Session openPlain(Graph graph, Device device) {
        return new Session(graph, plain(device).build());
    }

    /**
     * XLA compiles the functions; nothing else is optimized: for the little that stands between them it would not pay, and
     * zeros that are constants would be kept in memory for good.
     */
    static ConfigProto session(Device device) {
        return plain(device)
                .setGraphOptions(GraphOptions.newBuilder()
                        .setOptimizerOptions(OptimizerOptions.newBuilder().setOptLevel(OptimizerOptions.Level.L0))
                        .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
                .build();
    }

    private static ConfigProto.Builder plain(Device device) {
        var config = ThreadPools.options(device.intraOp(), device.replicas() * device.threads());
        if (!device.isGpu()) {
            return config.putDeviceCount("GPU", 0).putDeviceCount("CPU", device.replicas());
        }
        var visible = device.numbers().stream().map(String::valueOf).collect(Collectors.joining(","));
        return config.setGpuOptions(
                GPUOptions.newBuilder().setVisibleDeviceList(visible).setAllowGrowth(true));
    }

    /** What XLA wants of CUDA's compiler, in the folder that it is told to look in. */
    private static void provideCuda() throws IOException {
        var folder = CUDA.matcher(NativeEnvironment.variables().getOrDefault("XLA_FLAGS", ""));
        if (folder.find()) {
            var cuda = Path.of(folder.group(2));
            Libdevice.provide(cuda);
            Ptxas.provide(cuda);
        }
    }

    /** A sum that may be computed nowhere else. */
    static void check(Device device) {
        String reason;
        try (var graph = new Graph();
                var session = new Session(graph, session(device))) {
            provideCuda();
            var tf = Ops.create(graph);
            for (int gpu = 0; gpu < device.gpus().size(); gpu++) {
                var there = tf.withDevice(DeviceSpec.newBuilder()
                        .deviceType(DeviceSpec.DeviceType.GPU)
                        .deviceIndex(gpu)
                        .build());
                session.runner()
                        .fetch(there.math.add(there.constant(1f), there.constant(1f)))
                        .run()
                        .close();
            }
            return;
        } catch (IOException | RuntimeException e) {
            reason = Objects.requireNonNullElse(e.getMessage(), e.toString());
        }
        throw new UserException("TensorFlow cannot use %s: %s; or give device=cpu"
                .formatted(device.name(), reason.lines().findFirst().orElse("")));
    }
}
