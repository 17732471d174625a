package igpt.schema.db;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says every moment, in the embedded database, that the process which has it is there and not suspended. Its rows are all
 * this process's. On PostgreSQL the lock does so.
 */
final class SignsOfLife implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);
    private static final int SECONDS = 2;

    private final JdbcClient jdbc;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "signs of life");
        thread.setDaemon(true);
        return thread;
    });
    private boolean begun; // guarded by this

    SignsOfLife(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** From the first run on. */
    synchronized void begin() {
        if (!begun) {
            begun = true;
            beats.scheduleWithFixedDelay(this::beat, SECONDS, SECONDS, TimeUnit.SECONDS);
        }
    }

    private void beat() {
        try {
            jdbc.sql("update run_holder set heard_at = current_timestamp").update();
        } catch (RuntimeException e) {
            LOG.warn("a sign of life is not stored", e);
        }
    }

    /** Not by an interrupt, at which H2's file would be closed. */
    @Override
    public void close() {
        beats.shutdown();
        try {
            if (!beats.awaitTermination(SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the last sign of life may not be stored");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
