package igpt.jobs;

import igpt.schema.UserException;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.RunContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.batch.core.job.JobExecution;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C and SIGTERM stop the run at its next commit point; a second one ends the process at once. In place of shutdown
 * hooks, which would race with the job.
 */
final class StopSignals implements AutoCloseable {
    private static final int SHELL_OFFSET = 128; // exit code of a process that a signal ended
    private static final long WATCH_MILLIS = 50;

    private final AtomicInteger received = new AtomicInteger();
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final Deque<Listener> listeners = new ArrayDeque<>(); // the innermost last; guarded by this

    private record Listener(RunContext context, JobExecution attempt, ProgressReporter progress) {}

    /** An attempt that is told of signals, until it is closed. */
    interface Passing extends AutoCloseable {
        @Override
        void close();
    }

    private StopSignals() {}

    static StopSignals install() {
        var signals = new StopSignals();
        for (var name : new String[] {"INT", "TERM"}) {
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
    synchronized Passing passOnTo(RunContext context, JobExecution attempt, ProgressReporter progress) {
        var listener = new Listener(context, attempt, progress);
        listeners.addLast(listener);
        if (received() != 0) {
            stop(listener);
            say(listener);
        }
        return () -> forget(listener);
    }

    /** The right to this attempt's run is lost: it ends with that as its failure, and with it those that it launched. */
    synchronized void abandon(RunContext attempt, UserException reason) {
        listeners.stream()
                .dropWhile(listener -> listener.context != attempt)
                .forEach(listener -> listener.context.abandon(reason));
    }

    private synchronized void forget(Listener listener) {
        listeners.remove(listener);
    }

    private static void say(Listener listener) {
        listener.progress.say("stopping at the next commit point; once more to end at once");
    }

    private static void stop(Listener listener) {
        listener.context.requestStop();
        var watch = new Thread(() -> tellSteps(listener.attempt), "stop");
        watch.setDaemon(true);
        watch.start();
    }

    /** 2 or 15; 0 if there was none. */
    int received() {
        return received.get();
    }

    private void handle(Signal signal) {
        if (!received.compareAndSet(0, signal.getNumber())) {
            Runtime.getRuntime().halt(SHELL_OFFSET + signal.getNumber());
        }
        synchronized (this) {
            listeners.forEach(StopSignals::stop);
            if (!listeners.isEmpty()) say(listeners.getLast());
        }
    }

    /** Again and again, since a step may be just beginning. */
    private static void tellSteps(JobExecution attempt) {
        while (attempt.isRunning()) {
            attempt.getStepExecutions().stream()
                    .filter(step -> step.getStatus().isRunning())
                    .forEach(step -> step.setTerminateOnly());
            try {
                Thread.sleep(WATCH_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
