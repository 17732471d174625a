package igpt.schema.query;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TimeZone;

/**
 * The user's time zone, for what people read and write. All else is in UTC, for which a program calls {@link #storeUtc} as
 * the first thing it does: Spring Batch takes "now" in the time zone of its process, and twice in a year that is ambiguous.
 */
public final class UserZone {

    private static volatile ZoneId zone = ZoneId.systemDefault();

    private UserZone() {}

    public static ZoneId get() {
        return zone;
    }

    /** From now on this process's own time zone is UTC, and the user's what it was. */
    public static synchronized void storeUtc() {
        var process = ZoneId.systemDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
        zone = process;
    }

    /** In SQL, for both databases. */
    public static String sql() {
        var zone = get();
        return zone.getRules().isFixedOffset()
                ? "set time zone interval '" + offset(zone) + "' hour to minute"
                : "set time zone '" + zone.getId() + "'";
    }

    private static String offset(ZoneId zone) {
        int minutes = zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds() / 60;
        return "%s%02d:%02d".formatted(minutes < 0 ? "-" : "", Math.abs(minutes) / 60, Math.abs(minutes) % 60);
    }
}
