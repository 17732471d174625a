package igpt.cli.signal;

import igpt.launch.LaunchedRun;
import igpt.launch.RunListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C, SIGTERM and the terminal's end stop the run at its next commit point. One that does not come to it soon, in
 * the midst of an iteration of minutes for one, is given up: it is stored as stopped at its last commit point, and the
 * process ends. A second signal ends the process at once. In place of shutdown hooks, which would race with the job.
 */
public final class StopSignals implements RunListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    private static final Duration TO_STORE = Duration.ofSeconds(2);

    /** What sends a signal to a whole group of processes may hand it on to us once more: timeout does. */
    private static final long SAME_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Duration patience;
    private final AtomicInteger received = new AtomicInteger();
    private volatile long receivedAt;
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>(); // guarded by this
    private final List<LaunchedRun> runs = new CopyOnWriteArrayList<>();

    public StopSignals(Duration patience) {
        this.patience = patience;
    }

    /** From now on a signal stops this run; without any, signals end the process as they would any other. */
    public synchronized void watch(LaunchedRun run) {
        runs.add(run);
        if (before.isEmpty()) {
            listen();
        } else if (received() != 0) {
            stop(run);
        }
    }

    private void listen() {
        for (var name : new String[] {"INT", "TERM", "HUP"}) {
            var signal = new Signal(name);
            before.put(signal, Signal.handle(signal, this::handle));
        }
    }

    /** Waits for a signal, whether there are runs to be stopped or not. */
    public int await() throws InterruptedException {
        synchronized (this) {
            if (before.isEmpty()) {
                listen();
            }
        }
        told.await();
        return received();
    }

    /** 1, 2 or 15; 0 if there was none. */
    public int received() {
        return received.get();
    }

    private void handle(Signal signal) {
        if (!received.compareAndSet(0, signal.getNumber())) {
            if (System.nanoTime() - receivedAt > SAME_NANOS) {
                SignalEnd.of(signal);
            }
            return;
        }
        receivedAt = System.nanoTime();
        told.countDown();
        daemon("stop", () -> giveUpUnlessOver(signal)).start();
        runs.forEach(this::stop);
    }

    private void stop(LaunchedRun run) {
        run.stop("stopping at the next commit point, or in %d s where there is none; Ctrl-C again ends at once"
                .formatted(patience.toSeconds()));
    }

    private void giveUpUnlessOver(Signal signal) {
        try {
            if (over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            var storing = daemon("give up", () -> runs.forEach(LaunchedRun::giveUp));
            storing.start();
            storing.join(TO_STORE.toMillis()); // a database that does not answer keeps nobody waiting
            if (storing.isAlive()) {
                LOG.error("that the run is stopped could not be stored in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SignalEnd.of(signal);
    }

    /** This process is there for one run. */
    @Override
    public void stuck(long run, String reason) {
        System.err.println("igpt: " + reason);
        Runtime.getRuntime().halt(1);
    }

    private static Thread daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public synchronized void close() {
        over.countDown();
        before.forEach(Signal::handle);
    }
}
