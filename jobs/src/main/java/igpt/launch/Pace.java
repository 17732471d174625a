package igpt.launch;

import java.time.Duration;
import java.util.ArrayDeque;

/** How fast something goes: over the last half minute, since the first iteration compiles. */
public final class Pace {
    private static final long WINDOW_NANOS = Duration.ofSeconds(30).toNanos();

    private record Sample(long nanos, long done) {}

    private final ArrayDeque<Sample> window = new ArrayDeque<>();

    public Pace(long done, long nowNanos) {
        window.add(new Sample(nowNanos, done));
    }

    /** A second; 0 while it is not known. Call it now and then: it is measured between calls. */
    public double perSecond(long done, long nowNanos) {
        window.add(new Sample(nowNanos, done));
        while (window.size() > 2 && nowNanos - window.element().nanos > WINDOW_NANOS) {
            window.remove();
        }
        double seconds = (nowNanos - window.element().nanos) / 1e9;
        return seconds <= 0 ? 0 : (done - window.element().done) / seconds;
    }
}
