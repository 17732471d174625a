package igpt.optim;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs numbered, independent pieces of work on a few threads. What the pieces are never depends on the number of
 * threads, so neither do results.
 */
final class Parallel {

    private Parallel() {}

    /** Calls {@code work} once for each of 0 … pieces − 1, in any order, on at most {@code threads} threads. */
    static void run(int threads, int pieces, IntConsumer work) {
        var next = new AtomicInteger();
        var failure = new AtomicReference<Throwable>();
        Runnable worker = () -> {
            try {
                for (int piece; (piece = next.getAndIncrement()) < pieces && failure.get() == null; ) {
                    work.accept(piece);
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
        };
        var helpers = new Thread[Math.max(0, Math.min(threads, pieces) - 1)];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(worker, "optim-" + (i + 1));
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
        worker.run();
        for (var helper : helpers) {
            join(helper);
        }
        var thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** The pieces write into the caller's arrays, so an interrupt may not leave one running: it is kept for later. */
    private static void join(Thread helper) {
        boolean interrupted = false;
        while (true) {
            try {
                helper.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
