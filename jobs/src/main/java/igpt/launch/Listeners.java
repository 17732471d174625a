package igpt.launch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what happens to all who listen. One that fails harms neither the others nor the run. */
final class Listeners implements RunListener {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<RunListener> all = new CopyOnWriteArrayList<>();

    void add(RunListener listener) {
        all.add(listener);
    }

    private void each(Consumer<RunListener> tell) {
        for (var listener : all) {
            try {
                tell.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener has failed", e);
            }
        }
    }

    @Override
    public void said(long run, String line) {
        each(listener -> listener.said(run, line));
    }

    @Override
    public void began(AttemptBegan attempt) {
        each(listener -> listener.began(attempt));
    }

    @Override
    public void meterBegan(MeterReading meter) {
        each(listener -> listener.meterBegan(meter));
    }

    @Override
    public void meterMoved(MeterReading meter) {
        each(listener -> listener.meterMoved(meter));
    }

    @Override
    public void meterEnded(MeterReading meter) {
        each(listener -> listener.meterEnded(meter));
    }

    @Override
    public void ended(Outcome outcome) {
        each(listener -> listener.ended(outcome));
    }

    @Override
    public void stuck(long run, String reason) {
        each(listener -> listener.stuck(run, reason));
    }
}
