package igpt.batch;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;

/** What Spring Batch tells of the jobs and steps of this process. Nobody listens until somebody says that they do. */
public final class Observations {
    private static volatile ObservationRegistry registry = ObservationRegistry.NOOP;

    private Observations() {}

    /** From now on it is told of every job and step that begins and ends. */
    public static synchronized void handle(ObservationHandler<Observation.Context> handler) {
        if (registry.isNoop()) {
            registry = ObservationRegistry.create();
        }
        registry.observationConfig().observationHandler(handler);
    }

    public static ObservationRegistry registry() {
        return registry;
    }
}
