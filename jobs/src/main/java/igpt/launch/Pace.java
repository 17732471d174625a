package igpt.launch;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * How fast something goes: over the last half minute, since the first iteration compiles. It is measured from one time that
 * more was done to another: work that is done in large pieces has no pace in between.
 */
public final class Pace {
    private static final long WINDOW_NANOS = Duration.ofSeconds(30).toNanos();

    private record Sample(long nanos, long done) {}

    private final ArrayDeque<Sample> window = new ArrayDeque<>(); // each time more was done than before
    private final Sample began;

    public Pace(long done, long nowNanos) {
        began = new Sample(nowNanos, done);
        window.add(began);
    }

    /** To be called often, whether there is more or not: what is seen late is taken to have been done late. */
    public void reached(long done, long nowNanos) {
        if (done != window.getLast().done) {
            window.add(new Sample(nowNanos, done));
            while (window.size() > 2 && nowNanos - window.element().nanos > WINDOW_NANOS) {
                window.remove();
            }
        }
    }

    /** A second; 0 while it is not known. */
    public double perSecond(long nowNanos) {
        var first = window.element();
        var last = window.getLast();
        long span = Math.max(last.nanos - first.nanos, nowNanos - last.nanos); // the latter at a standstill
        return span <= 0 ? 0 : (last.done - first.done) / (span / 1e9);
    }

    /** Of all that was done since it began; 0 while it is not known. */
    public double overall() {
        var last = window.getLast();
        return last.nanos == began.nanos ? 0 : (last.done - began.done) / ((last.nanos - began.nanos) / 1e9);
    }
}
