package igpt.launch;

import igpt.batch.RunStore;
import igpt.recipe.RunContext;
import igpt.schema.UserException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;

/** A run that was launched, and those that it launches in turn: they are stopped with it. */
public final class LaunchedRun {
    private static final Logger LOG = LoggerFactory.getLogger(LaunchedRun.class);
    private static final Duration TO_END = Duration.ofSeconds(10);

    private final long run;
    private final String job;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Deque<UnderWay> attempts = new ArrayDeque<>(); // the innermost last; guarded by this
    private @Nullable String stopping; // what the user is told of it; guarded by this

    private record UnderWay(RunContext context, JobExecution attempt, RunStore store, RunProgress progress) {}

    /** An attempt that can be stopped, until it is closed. */
    interface Passing extends AutoCloseable {
        @Override
        void close();
    }

    LaunchedRun(long run, String job) {
        this.run = run;
        this.job = job;
    }

    public long run() {
        return run;
    }

    public String job() {
        return job;
    }

    /** How it ends; exceptionally, by a {@link UserException}, where it is refused. */
    public CompletableFuture<Outcome> outcome() {
        return outcome.copy();
    }

    /**
     * Waits for its end.
     *
     * @throws UserException if it is refused
     */
    public Outcome await() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** At its next commit point. It ends as STOPPED, and can be resumed. */
    public void stop() {
        stop("stopping at the next commit point");
    }

    /** @param line for the user, of the innermost run that is under way */
    public void stop(String line) {
        UnderWay innermost;
        synchronized (this) {
            stopping = line;
            attempts.forEach(attempt -> attempt.context.requestStop());
            innermost = attempts.peekLast();
        }
        if (innermost != null) {
            innermost.progress.say(line);
        }
    }

    /**
     * Stores that it is stopped at its last commit point, though its thread is busy elsewhere. It commits nothing more, so
     * that the process has to end with it.
     */
    public void giveUp() {
        var inside = new ArrayList<UnderWay>();
        synchronized (this) {
            inside.addAll(attempts);
        }
        Collections.reverse(inside); // a run is never stopped while one that it launched is not
        try {
            for (var attempt : inside) {
                attempt.store.giveUp(attempt.attempt.getId());
            }
            for (var attempt : inside) {
                attempt.progress.say(
                        "run %d %s stopped; what it did since its last commit point is given up; to resume: ./igpt resume %1$d"
                                .formatted(attempt.context.number(), attempt.context.job()));
            }
        } catch (RuntimeException e) {
            LOG.error("that the run is stopped could not be stored; it will be shown as killed", e);
        }
    }

    void end(Outcome ended) {
        outcome.complete(ended);
    }

    void refuse(Throwable reason) {
        outcome.completeExceptionally(reason);
    }

    /** From now on a stop request reaches this attempt; one that came already does so now. */
    Passing passOnTo(RunContext context, JobExecution attempt, RunStore store, RunProgress progress) {
        var next = new UnderWay(context, attempt, store, progress);
        String line;
        synchronized (this) {
            attempts.addLast(next);
            line = stopping;
            if (line != null) {
                context.requestStop();
            }
        }
        if (line != null) {
            progress.say(line);
        }
        return () -> forget(next);
    }

    private synchronized void forget(UnderWay attempt) {
        attempts.remove(attempt);
        notifyAll();
    }

    /** Before another run is launched by the innermost one: nothing of that is left open, in the database or on the screen. */
    void makeWay(String work) {
        UnderWay innermost;
        synchronized (this) {
            innermost = attempts.getLast();
        }
        innermost.store.checkNothingIsOpen(work);
        innermost.progress.settle();
    }

    /**
     * The right to this attempt's run is lost: it ends with that as its failure, and with it those that it launched.
     *
     * @param stuck told if it has not ended after a while, as in the midst of an iteration of minutes
     */
    synchronized void abandon(RunContext attempt, UserException reason, Consumer<UserException> stuck) {
        var lost = attempts.stream().dropWhile(one -> one.context != attempt).toList();
        lost.forEach(one -> one.context.abandon(reason));
        if (lost.isEmpty()) {
            return;
        }
        var watch = new Thread(
                () -> {
                    if (!hasEnded(lost.get(0))) {
                        stuck.accept(reason);
                    }
                },
                "end");
        watch.setDaemon(true);
        watch.start();
    }

    private synchronized boolean hasEnded(UnderWay attempt) {
        for (long end = System.nanoTime() + TO_END.toNanos(); attempts.contains(attempt); ) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                return true;
            }
        }
        return true;
    }
}
