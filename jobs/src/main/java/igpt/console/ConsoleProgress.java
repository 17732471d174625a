package igpt.console;

import igpt.recipe.ProgressReporter;
import igpt.schema.run.Progress;
import igpt.schema.run.ProgressTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the meters and stores them for {@code igpt runs}. A thread of its own does so, that steps spend nothing on it
 * and no row is written inside a step's transaction.
 */
public final class ConsoleProgress implements ProgressReporter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleProgress.class);
    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final double WARN_AFTER_SECONDS = 60;
    private static final double DAY_SECONDS = 24 * 60 * 60;

    private static final class View {
        final @Nullable ProgressBar bar;
        long lineAt;
        boolean idle;
        boolean warned;

        View(@Nullable ProgressBar bar, long lineAt) {
            this.bar = bar;
            this.lineAt = lineAt;
        }
    }

    private final ProgressTable table;
    private final long attempt;
    private final Console console;
    private final String prefix;
    private final Consumer<String> onBegin;
    private final Map<RunMeter, View> views = new LinkedHashMap<>(); // guarded by this
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param prefix of every line and bar: whose they are
     * @param onBegin told what begins, on the thread that does it
     */
    public ConsoleProgress(
            ProgressTable table, long attempt, Console console, String prefix, Consumer<String> onBegin) {
        this.onBegin = onBegin;
        this.table = table;
        this.attempt = attempt;
        this.console = console;
        this.prefix = prefix;
        ticker.scheduleWithFixedDelay(this::show, 500, 500, TimeUnit.MILLISECONDS);
        ticker.scheduleWithFixedDelay(() -> meters().forEach(this::store), 2, 2, TimeUnit.SECONDS);
    }

    /** A step that works from commit point to commit point begins again and again: that is one meter to the user. */
    @Override
    public synchronized Meter begin(String step, long done, long total, String unit, String rateUnit, double perUnit) {
        onBegin.accept(step);
        for (var meter : meters()) {
            var view = Objects.requireNonNull(views.get(meter));
            if (view.idle && meter.step.equals(step) && meter.total == total) {
                view.idle = false;
                meter.set(done);
                return meter;
            }
            if (view.idle) end(meter);
        }
        long now = System.nanoTime();
        var meter = new RunMeter(step, done, total, unit, rateUnit, perUnit, now, this::pause);
        views.put(meter, new View(console.columns() > 0 ? bar(meter) : null, now));
        ticker.execute(() -> store(meter));
        return meter;
    }

    private synchronized void pause(RunMeter meter) {
        var view = views.get(meter);
        if (view == null) return;
        view.idle = true;
        if (meter.total == 0 || meter.done() >= meter.total) end(meter);
    }

    /** Ends the bars that wait for the step's next call: somebody else draws now. */
    public synchronized void settle() {
        meters().forEach(this::end);
    }

    private ProgressBar bar(RunMeter meter) {
        return console.bar(prefix + meter.step, meter.done(), meter.total)
                .hideEta()
                .build();
    }

    private synchronized void end(RunMeter meter) {
        var view = views.remove(meter);
        if (view == null) return;
        if (view.bar != null) {
            view.bar.stepTo(meter.done()).setExtraMessage(meter.extra(System.nanoTime()));
            view.bar.close();
        } else {
            console.out().println(prefix + meter.line(System.nanoTime()));
        }
        ticker.execute(() -> store(meter));
    }

    @Override
    public synchronized void say(String line) {
        if (console.columns() > 0 && !views.isEmpty()) console.out().print("\r\033[K"); // the bar draws itself again
        console.out().println((prefix + line).stripTrailing());
        LOG.info("{}", line);
    }

    private synchronized void show() {
        long now = System.nanoTime();
        meters().forEach(meter -> warn(meter, now));
        views.forEach((meter, view) -> {
            if (view.bar != null) {
                view.bar.stepTo(meter.done()).setExtraMessage(meter.extra(now));
            } else if (now - view.lineAt >= LINE_EVERY_NANOS) {
                view.lineAt = now;
                console.out().println(prefix + meter.line(now));
            }
        });
    }

    /** Once, and as soon as a pace can be told from the start of it. */
    private void warn(RunMeter meter, long now) {
        var view = Objects.requireNonNull(views.get(meter));
        if (view.warned || meter.seconds(now) < WARN_AFTER_SECONDS) return;
        view.warned = true;
        double left = meter.secondsLeft(now);
        if (left > DAY_SECONDS) {
            say("at this pace %s takes another %s; to stop: Ctrl-C".formatted(meter.step, Durations.words(left)));
        }
    }

    private synchronized List<RunMeter> meters() {
        return List.copyOf(views.keySet());
    }

    /** Only ever on the ticker's thread. */
    private void store(RunMeter meter) {
        try {
            table.set(new Progress(attempt, meter.step, meter.done(), meter.total, meter.unit));
        } catch (RuntimeException e) {
            LOG.warn("progress of {} is not stored", meter.step, e);
        }
    }

    @Override
    public void close() {
        meters().forEach(this::end);
        ticker.shutdown();
        try {
            if (!ticker.awaitTermination(5, TimeUnit.SECONDS)) LOG.warn("the last progress may not be stored");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
