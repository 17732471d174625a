package igpt.schema;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;

/** How the embedded file is addressed. */
final class H2 {

    static final String VENDOR = "h2";

    /** Its owner. There is no password: the file's permissions decide who may open it. */
    static final String OWNER = "sa";

    /** May select, no more. Its password is no secret either. */
    static final String READER = "reader";

    /** Of its file's name. */
    static final String SUFFIX = ".mv.db";

    /** H2 would keep the time zone that the process had when it first asked. */
    static final String UTC = ";TIME ZONE=UTC";

    private static final int DATABASE_ALREADY_OPEN = 90020;

    private H2() {}

    static Path database(Path runs) {
        return runs.resolve("igpt");
    }

    static Path file(Path runs) {
        return runs.resolve("igpt" + SUFFIX);
    }

    static Path holder(Path runs) {
        return runs.resolve("igpt.holder");
    }

    /**
     * Nothing committed is lost to a kill (WRITE_DELAY), nothing is closed behind our backs by a second shutdown hook
     * (DB_CLOSE_ON_EXIT), and no trace file appears. Only the job's own threads wait for each other's rows, and none of them
     * is worth the end of a training: they wait for a minute (LOCK_TIMEOUT) where H2's default is two seconds.
     */
    static String url(Path runs) {
        return "jdbc:h2:file:" + database(runs)
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=60000"
                + UTC;
    }

    static void addReader(Statement owner) throws SQLException {
        owner.execute("create user if not exists " + READER + " password '" + READER + "'");
        owner.execute("grant select on schema public to " + READER);
    }

    static UserException busy(Holder holder) {
        return new UserException("a run is in progress: " + holder
                + "; wait for it, end it with `igpt stop`, or use PostgreSQL for several at once");
    }

    static boolean openElsewhere(SQLException failure) {
        return failure.getErrorCode() == DATABASE_ALREADY_OPEN;
    }
}
