package igpt.forecast;

/** Durations in words, two figures at most. */
public final class Durations {
    private static final int READABLE = 100;

    private Durations() {}

    /** {@code 41 s}, {@code 2 min}, {@code 3 h 12 min}, {@code 5 days}. */
    public static String words(double seconds) {
        if (seconds < READABLE) {
            return Math.round(seconds) + " s";
        }
        long minutes = Math.round(seconds / 60);
        if (minutes >= READABLE * 60) {
            return Math.round(minutes / 60.0 / 24) + " days";
        }
        return minutes < READABLE ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
