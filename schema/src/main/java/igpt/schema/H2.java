package igpt.schema;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;

/** How the embedded file is addressed, for those who run jobs and those who only ask. */
final class H2 {

    static final String VENDOR = "h2";

    /** Its owner. There is no password: the file's permissions decide who may open it. */
    static final String OWNER = "sa";

    /** May select, no more. Its password is no secret either: over the network, the key of {@link ServedAt} is. */
    static final String READER = "reader";

    private static final int DATABASE_ALREADY_OPEN = 90020;

    static {
        // H2 would listen on every interface and turn strangers away afterwards. Read once, when it is loaded.
        if (System.getProperty("h2.bindAddress") == null) {
            System.setProperty("h2.bindAddress", "127.0.0.1");
        }
    }

    private H2() {}

    static Path database(Path runs) {
        return runs.resolve("igpt");
    }

    static Path file(Path runs) {
        return runs.resolve("igpt.mv.db");
    }

    static Path servedAt(Path runs) {
        return runs.resolve("igpt.holder");
    }

    /**
     * Nothing committed is lost to a kill (WRITE_DELAY), nothing is closed behind our backs by a second shutdown hook
     * (DB_CLOSE_ON_EXIT), and no trace file appears.
     */
    static String url(Path runs) {
        return "jdbc:h2:file:" + database(runs) + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }

    /** Several may read at once, and from a folder that cannot be written to. */
    static String readOnlyUrl(Path runs) {
        return "jdbc:h2:file:" + database(runs) + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE";
    }

    /** With a limit in milliseconds, for a job that is suspended accepts and never answers. */
    static String servedUrl(ServedAt served) {
        return "jdbc:h2:tcp://127.0.0.1:" + served.port() + "/" + served.key() + ";NETWORK_TIMEOUT=30000";
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
