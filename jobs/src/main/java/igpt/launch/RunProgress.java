package igpt.launch;

import igpt.recipe.ProgressReporter;
import igpt.schema.run.Progress;
import igpt.schema.run.ProgressTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of an attempt: told to whoever listens, and stored for {@code igpt runs}. A thread of its own does so, that
 * steps spend nothing on it and no row is written inside a step's transaction.
 */
final class RunProgress implements ProgressReporter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);

    private final ProgressTable table;
    private final AttemptBegan attempt;
    private final RunListener listener;
    private final Consumer<String> onBegin;
    private final List<Gauge> gauges = new ArrayList<>(); // guarded by this
    private int begun; // guarded by this
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    /** @param onBegin told what begins, on the thread that does it */
    RunProgress(ProgressTable table, AttemptBegan attempt, RunListener listener, Consumer<String> onBegin) {
        this.table = table;
        this.attempt = attempt;
        this.listener = listener;
        this.onBegin = onBegin;
        ticker.scheduleWithFixedDelay(this::tell, 500, 500, TimeUnit.MILLISECONDS);
        ticker.scheduleWithFixedDelay(() -> gauges().forEach(this::store), 2, 2, TimeUnit.SECONDS);
    }

    private final class Gauge implements Meter {
        final int number;
        final String step;
        final long total;
        final String unit;
        final String rateUnit;
        final double perUnit;
        final AtomicLong done;
        final Pace pace; // the ticker's
        volatile String detail = "";
        volatile double loss = Double.NaN;
        volatile double checkpointSeconds = Double.NaN;
        boolean idle; // guarded by the outer

        Gauge(int number, String step, long done, long total, String unit, String rateUnit, double perUnit) {
            this.number = number;
            this.step = step;
            this.done = new AtomicLong(done);
            this.total = total;
            this.unit = unit;
            this.rateUnit = rateUnit;
            this.perUnit = perUnit;
            pace = new Pace(done, System.nanoTime());
        }

        Progress progress() {
            long now = done.get();
            long nanos = System.nanoTime();
            pace.reached(now, nanos);
            double perSecond = pace.perSecond(nanos);
            boolean moves = perSecond > 0;
            return new Progress(
                    attempt.attempt(),
                    step,
                    now,
                    total,
                    unit,
                    moves ? perSecond * perUnit : null,
                    rateUnit,
                    moves && total > 0 ? (total - now) / perSecond : null,
                    finite(loss),
                    finite(checkpointSeconds));
        }

        MeterReading reading() {
            return new MeterReading(
                    attempt.run(),
                    attempt.attempt(),
                    number,
                    attempt.whose(),
                    step,
                    done.get(),
                    total,
                    unit,
                    rateUnit,
                    perUnit,
                    detail);
        }

        @Override
        public void set(long now) {
            done.set(now);
        }

        @Override
        public void add(long more) {
            done.addAndGet(more);
        }

        @Override
        public void detail(String text) {
            detail = text;
        }

        @Override
        public void loss(double nats) {
            loss = nats;
        }

        @Override
        public void saved(double seconds) {
            checkpointSeconds = seconds;
        }

        @Override
        public void close() {
            pause(this);
        }
    }

    /** A step that works from commit point to commit point begins again and again: that is one meter to the user. */
    @Override
    public synchronized Meter begin(String step, long done, long total, String unit, String rateUnit, double perUnit) {
        onBegin.accept(step);
        for (var gauge : gauges()) {
            if (gauge.idle && gauge.step.equals(step) && gauge.total == total) {
                gauge.idle = false;
                gauge.set(done);
                return gauge;
            }
            if (gauge.idle) {
                end(gauge);
            }
        }
        var gauge = new Gauge(++begun, step, done, total, unit, rateUnit, perUnit);
        gauges.add(gauge);
        listener.meterBegan(gauge.reading());
        ticker.execute(() -> store(gauge));
        return gauge;
    }

    private synchronized void pause(Gauge gauge) {
        if (!gauges.contains(gauge)) {
            return;
        }
        gauge.idle = true;
        if (gauge.total == 0 || gauge.done.get() >= gauge.total) {
            end(gauge);
        }
    }

    /** Ends the meters that wait for the step's next call: another run works now. */
    synchronized void settle() {
        gauges().forEach(this::end);
    }

    private synchronized void end(Gauge gauge) {
        if (!gauges.remove(gauge)) {
            return;
        }
        listener.meterEnded(gauge.reading());
        ticker.execute(() -> store(gauge));
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    @Override
    public void say(String line) {
        listener.said(attempt.run(), attempt.whose() + line);
        LOG.info("{}", line);
    }

    private synchronized void tell() {
        gauges.forEach(gauge -> listener.meterMoved(gauge.reading()));
    }

    private synchronized List<Gauge> gauges() {
        return List.copyOf(gauges);
    }

    /** Only ever on the ticker's thread. */
    private void store(Gauge gauge) {
        try {
            table.set(gauge.progress());
        } catch (RuntimeException e) {
            LOG.warn("progress of {} is not stored", gauge.step, e);
        }
    }

    @Override
    public void close() {
        settle();
        ticker.shutdown();
        try {
            if (!ticker.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the last progress may not be stored");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
