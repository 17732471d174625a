package igpt.console;

import igpt.forecast.Durations;
import igpt.launch.Pace;
import java.util.Locale;

/** How far one stretch of work is, how fast it goes now, and how long it will still take. */
final class RunMeter {
    private final String name;
    private final long total;
    private final String unit;
    private final String rateUnit;
    private final double perUnit;
    private final long beganNanos;
    private final Pace pace;
    private long done;
    private String detail = "";

    RunMeter(String name, long done, long total, String unit, String rateUnit, double perUnit, long nowNanos) {
        this.name = name;
        this.done = done;
        this.total = total;
        this.unit = unit;
        this.rateUnit = rateUnit;
        this.perUnit = perUnit;
        beganNanos = nowNanos;
        pace = new Pace(done, nowNanos);
    }

    /** To be called often, whether there is more or not. */
    void set(long all, String text, long nowNanos) {
        done = all;
        detail = text;
        pace.reached(all, nowNanos);
    }

    /** {@code loss 2.31 lr 0.003 41 images/s 2 min left}. */
    String extra(long nowNanos) {
        double perSecond = pace.perSecond(nowNanos);
        var text = new StringBuilder(detail);
        if (perSecond > 0) {
            text.append(' ').append(rate(perSecond * perUnit));
            if (done < total)
                text.append(' ')
                        .append(Durations.words((total - done) / perSecond))
                        .append(" left");
        }
        return text.toString().strip();
    }

    /** Seconds that it will still take at the pace of all that it has done; 0 while that is not known. */
    double secondsLeft() {
        double perSecond = pace.overall();
        return perSecond <= 0 || total == 0 ? 0 : (total - done) / perSecond;
    }

    /** How long it has been at work. */
    double seconds(long nowNanos) {
        return (nowNanos - beganNanos) / 1e9;
    }

    /** The whole line, for where there is no bar. */
    String line(long nowNanos) {
        var count = total > 0 ? done + "/" + total : done + " " + unit;
        return (name + " " + count + " " + extra(nowNanos)).strip();
    }

    /** By the minute or the hour, where in a second there is less than one. */
    private String rate(double perSecond) {
        if (perSecond >= 1) {
            return number(perSecond) + " " + rateUnit + "/s";
        }
        double perMinute = 60 * perSecond;
        return perMinute >= 1
                ? number(perMinute) + " " + rateUnit + "/min"
                : number(60 * perMinute) + " " + rateUnit + "/h";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }
}
