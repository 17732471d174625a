package igpt.console;

import igpt.forecast.Durations;
import igpt.launch.MeterReading;
import igpt.launch.RunListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how runs go: bars on a terminal, lines elsewhere. */
public final class ConsoleListener implements RunListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleListener.class);
    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final double WARN_AFTER_SECONDS = 60;
    private static final double DAY_SECONDS = 24 * 60 * 60;

    private record Key(long attempt, int meter) {}

    private static final class View {
        final RunMeter meter;
        final @Nullable ProgressBar bar;
        long lineAt;
        boolean warned;

        View(RunMeter meter, @Nullable ProgressBar bar, long lineAt) {
            this.meter = meter;
            this.bar = bar;
            this.lineAt = lineAt;
        }
    }

    private final Console console;
    private final Map<Key, View> views = new LinkedHashMap<>(); // guarded by this

    public ConsoleListener(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void said(long run, String line) {
        if (console.columns() > 0 && !views.isEmpty()) {
            console.out().print("\r\033[K"); // the bar draws itself again
        }
        console.out().println(line.stripTrailing());
    }

    @Override
    public synchronized void meterBegan(MeterReading reading) {
        long now = System.nanoTime();
        var name = reading.whose() + reading.step();
        var meter = new RunMeter(
                name, reading.done(), reading.total(), reading.unit(), reading.rateUnit(), reading.perUnit(), now);
        var bar = console.columns() > 0
                ? console.bar(name, reading.done(), reading.total()).hideEta().build()
                : null;
        views.put(key(reading), new View(meter, bar, now));
    }

    @Override
    public synchronized void meterMoved(MeterReading reading) {
        var view = views.get(key(reading));
        if (view == null) {
            return;
        }
        long now = System.nanoTime();
        view.meter.set(reading.done(), reading.detail(), now);
        warn(view, reading, now);
        if (view.bar != null) {
            view.bar.stepTo(reading.done()).setExtraMessage(view.meter.extra(now));
        } else if (now - view.lineAt >= LINE_EVERY_NANOS) {
            view.lineAt = now;
            console.out().println(view.meter.line(now));
        }
    }

    @Override
    public synchronized void meterEnded(MeterReading reading) {
        var view = views.remove(key(reading));
        if (view == null) {
            return;
        }
        long now = System.nanoTime();
        view.meter.set(reading.done(), reading.detail(), now);
        if (view.bar != null) {
            view.bar.stepTo(reading.done()).setExtraMessage(view.meter.extra(now));
            view.bar.close();
        } else {
            console.out().println(view.meter.line(now));
        }
    }

    /** Once, and as soon as a pace can be told from the start of it. */
    private void warn(View view, MeterReading reading, long now) {
        if (view.warned || view.meter.seconds(now) < WARN_AFTER_SECONDS) {
            return;
        }
        view.warned = true;
        double left = view.meter.secondsLeft();
        if (left > DAY_SECONDS) {
            var line = "at this pace %s takes another %s; to stop: Ctrl-C"
                    .formatted(reading.step(), Durations.words(left));
            said(reading.run(), reading.whose() + line);
            LOG.info("{}", line);
        }
    }

    private static Key key(MeterReading reading) {
        return new Key(reading.attempt(), reading.number());
    }
}
