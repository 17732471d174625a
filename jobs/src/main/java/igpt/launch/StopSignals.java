package igpt.launch;

import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.schema.UserException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C, SIGTERM and the terminal's end stop the run at its next commit point. One that does not come to it soon, in
 * the midst of an iteration of minutes for one, is given up: it is stored as stopped at its last commit point, and the
 * process ends. A second signal ends the process at once. In place of shutdown hooks, which would race with the job.
 */
final class StopSignals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    /** With what is stored afterwards, the user waits less than ten seconds. */
    private static final Duration PATIENCE = Duration.ofMillis(Long.getLong("igpt.stop.patience", 7000));

    private static final Duration TO_STORE = Duration.ofSeconds(2);

    /** What sends a signal to a whole group of processes may hand it on to us once more: timeout does. */
    private static final long SAME_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final Duration TO_END = Duration.ofSeconds(10);

    private final AtomicInteger received = new AtomicInteger();
    private volatile long receivedAt;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final Deque<Listener> listeners = new ArrayDeque<>(); // the innermost last; guarded by this

    private record Listener(RunContext context, JobExecution attempt, RunStore store, ProgressReporter progress) {}

    /** An attempt that is told of signals, until it is closed. */
    interface Passing extends AutoCloseable {
        @Override
        void close();
    }

    private StopSignals() {}

    static StopSignals install() {
        var signals = new StopSignals();
        for (var name : new String[] {"INT", "TERM", "HUP"}) {
            var signal = new Signal(name);
            signals.before.put(signal, Signal.handle(signal, signals::handle));
        }
        return signals;
    }

    /** Nobody's. */
    static StopSignals none() {
        return new StopSignals();
    }

    /**
     * From now on a signal stops this attempt; one that came already does so now. An attempt that another one launched
     * is stopped with it.
     */
    synchronized Passing passOnTo(RunContext context, JobExecution attempt, RunStore store, ProgressReporter progress) {
        var listener = new Listener(context, attempt, store, progress);
        listeners.addLast(listener);
        if (received() != 0) {
            context.requestStop();
            say(listener);
        }
        return () -> forget(listener);
    }

    /**
     * The right to this attempt's run is lost: it ends with that as its failure, and with it those that it launched. One in
     * the midst of an iteration of minutes is not waited for: what it computes can be stored no more, and the process ends.
     */
    synchronized void abandon(RunContext attempt, UserException reason) {
        var lost = listeners.stream()
                .dropWhile(listener -> listener.context != attempt)
                .toList();
        lost.forEach(listener -> listener.context.abandon(reason));
        if (lost.isEmpty()) return;
        var watch = new Thread(() -> endUnlessOver(lost.get(0), reason), "end");
        watch.setDaemon(true);
        watch.start();
    }

    private void endUnlessOver(Listener attempt, UserException reason) {
        synchronized (this) {
            for (long end = System.nanoTime() + TO_END.toNanos(); listeners.contains(attempt); ) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) break;
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    return;
                }
            }
            if (!listeners.contains(attempt)) return;
        }
        System.err.println("igpt: " + reason.getMessage());
        Runtime.getRuntime().halt(1);
    }

    private synchronized void forget(Listener listener) {
        listeners.remove(listener);
        notifyAll();
    }

    private static void say(Listener listener) {
        listener.progress.say("stopping at the next commit point, in %d s without it; once more to end at once"
                .formatted(PATIENCE.toSeconds()));
    }

    /** 1, 2 or 15; 0 if there was none. */
    int received() {
        return received.get();
    }

    private void handle(Signal signal) {
        if (!received.compareAndSet(0, signal.getNumber())) {
            if (System.nanoTime() - receivedAt > SAME_NANOS) SignalEnd.of(signal);
            return;
        }
        receivedAt = System.nanoTime();
        daemon("stop", () -> giveUpUnlessOver(signal)).start();
        synchronized (this) {
            listeners.forEach(listener -> listener.context.requestStop());
            if (!listeners.isEmpty()) say(listeners.getLast());
        }
    }

    private void giveUpUnlessOver(Signal signal) {
        try {
            if (over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) return;
            var storing = daemon("give up", this::giveUp);
            storing.start();
            storing.join(TO_STORE.toMillis()); // a database that does not answer keeps nobody waiting
            if (storing.isAlive()) LOG.error("that the run is stopped could not be stored in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SignalEnd.of(signal);
    }

    /** The innermost first: a run is never stopped while one that it launched is not. */
    private void giveUp() {
        List<Listener> inside;
        synchronized (this) {
            inside = new ArrayList<>(listeners);
        }
        Collections.reverse(inside);
        try {
            for (var listener : inside) listener.store.giveUp(listener.attempt.getId());
            for (var listener : inside) {
                long run = listener.context.run();
                listener.progress.say(
                        "run %d %s stopped; what it did since its last commit point is given up; to resume: ./igpt resume %1$d"
                                .formatted(run, listener.context.job()));
            }
        } catch (RuntimeException e) {
            LOG.error("that the run is stopped could not be stored; it will be shown as killed", e);
        }
    }

    private static Thread daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        over.countDown();
        before.forEach(Signal::handle);
    }
}
