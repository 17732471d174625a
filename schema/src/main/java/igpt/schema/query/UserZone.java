package igpt.schema.query;

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
}
