package igpt.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes a stream that has given nothing for too long, so that who waits for it is told. */
final class Watch implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean alive;

    Watch(InputStream stream, Duration patience) {
        clock.scheduleAtFixedRate(
                () -> {
                    if (!alive) {
                        close(stream);
                    }
                    alive = false;
                },
                patience.toMillis(),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    void alive() {
        alive = true;
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) { // the reader sees it too
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
