package igpt.runtime;

import igpt.schema.Counts;
import igpt.schema.UserException;
import igpt.schema.run.RuntimeSettings;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;

/**
 * TensorFlow's thread pools. The first session of a process makes them for all later ones, whatever those ask for, and XLA
 * compiles for their size; so they are made from the run's settings before any other session, or else the bytes of a result
 * would depend on which step a process began with.
 */
public final class ThreadPools {
    private static @Nullable RuntimeSettings settled; // guarded by the class

    private ThreadPools() {}

    /**
     * Makes the pools.
     *
     * @throws UserException if they are there already and of another size
     */
    public static synchronized void settle(RuntimeSettings settings) {
        if (settled == null) {
            try (var graph = new Graph();
                    var session = new Session(
                            graph,
                            options(settings.intraOp(), settings.threads())
                                    .putDeviceCount("GPU", 0)
                                    .build())) {
                settled = settings;
            }
        } else if (settled.intraOp() != settings.intraOp()) {
            throw new UserException(
                    "it needs %s an operation, and this process computes with %d: resume it in a process of its own"
                            .formatted(Counts.of(settings.intraOp(), "thread"), settled.intraOp()));
        }
    }

    /**
     * What every session is opened with.
     *
     * @param interOp threads that compute operations side by side; -1: the caller's alone
     */
    public static ConfigProto.Builder options(int intraOp, int interOp) {
        return ConfigProto.newBuilder().setIntraOpParallelismThreads(intraOp).setInterOpParallelismThreads(interOp);
    }
}
