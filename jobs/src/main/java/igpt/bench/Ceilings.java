package igpt.bench;

import igpt.device.Device;
import igpt.device.Devices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * What this machine can do at all: square matrix products through TensorFlow's own kernels in GFLOP/s (two a
 * multiply-add), and copying memory in GB/s (bytes read and bytes written). Each ceiling is the best that was seen,
 * of a product on each thread.
 */
record Ceilings(List<Reading> readings, Map<Ceiling, Double> best) {
    private static final String NAME = "ceiling";
    private static final int[] SIZES = {512, 1024, 2048};
    private static final int[] GPU_SIZES = {4096, 8192, 16384};
    private static final int WARM_UP = 2;
    private static final int COPIED = 1 << 28; // bytes: more than most caches hold
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    static Ceilings measure(Device device, int repeat) throws Exception {
        int[] sizes = device.isGpu() ? GPU_SIZES : SIZES;
        var readings = new ArrayList<Reading>();
        var best = new EnumMap<Ceiling, Double>(Ceiling.class);
        for (var type : List.of(TFloat32.class, TBfloat16.class)) {
            var ceiling = type == TFloat32.class ? Ceiling.FLOAT32 : Ceiling.BFLOAT16;
            for (int size : sizes) {
                int towers = device.isGpu() ? 1 : THREADS;
                var samples = product(type, size, towers, device, repeat);
                put(ceiling, shape(size, towers), samples, "GFLOP/s", readings, best);
            }
        }
        put(Ceiling.MEMORY, (COPIED >> 20) + " MiB", copy(repeat), "GB/s", readings, best);
        return new Ceilings(readings, best);
    }

    double best(Ceiling ceiling) {
        return Objects.requireNonNull(best.get(ceiling));
    }

    private static void put(
            Ceiling ceiling,
            String shape,
            Samples samples,
            String unit,
            List<Reading> readings,
            Map<Ceiling, Double> best) {
        readings.add(new Reading(NAME, shape, ceiling.toString(), samples, unit));
        best.merge(ceiling, samples.highest(), Math::max);
    }

    private static String shape(int size, int towers) {
        return size + " x " + size + (towers == 1 ? "" : " on each thread");
    }

    /**
     * As training has them. Variables, so that the operands lie on the device, and
     * nothing is computed once for all. Seeded, or a GPU that adds up in one order refuses to draw.
     */
    private static <T extends TNumber> Samples product(Class<T> type, int size, int towers, Device device, int repeat)
            throws Exception {
        try (var graph = new Graph();
                var session = Devices.openPlain(graph, device)) {
            var tf = Ops.create(graph);
            var shape = Shape.of(size, size);
            var random = tf.random.randomUniform(tf.constant(shape), TFloat32.class, RandomUniform.seed(1L));
            var products = new ArrayList<Op>();
            for (int tower = 0; tower < towers; tower++) {
                var a = tf.varHandleOp(type, shape, VarHandleOp.sharedName("a" + tower));
                var b = tf.varHandleOp(type, shape, VarHandleOp.sharedName("b" + tower));
                for (var variable : List.of(a, b)) {
                    run(session, List.of(tf.assignVariableOp(variable, tf.dtypes.cast(random, type))));
                }
                products.add(tf.linalg.matMul(tf.readVariableOp(a, type), tf.readVariableOp(b, type)));
            }
            return Samples.seconds(WARM_UP, 2 * repeat, () -> run(session, products))
                    .rate(2e-9 * towers * size * size * size);
        }
    }

    private static void run(Session session, List<Op> targets) {
        var runner = session.runner();
        targets.forEach(runner::addTarget);
        runner.run().close();
    }

    private static Samples copy(int repeat) throws Exception {
        var from = new byte[COPIED];
        var to = new byte[COPIED];
        Arrays.fill(from, (byte) 1);
        int piece = COPIED / THREADS;
        return Samples.seconds(WARM_UP, repeat, () -> IntStream.range(0, THREADS)
                        .parallel()
                        .forEach(thread -> System.arraycopy(from, thread * piece, to, thread * piece, piece)))
                .rate(2e-9 * piece * THREADS);
    }
}
