package igpt.schema.db;

import igpt.schema.UserException;
import igpt.schema.lock.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** How the embedded file is addressed. */
public final class H2 {

    public static final String VENDOR = "h2";

    /** Its owner. There is no password: the file's permissions decide who may open it. */
    public static final String OWNER = "sa";

    /** May select, no more. Its password is no secret either. */
    public static final String READER = "reader";

    /** Of its file's name. */
    static final String SUFFIX = ".mv.db";

    /** H2 would keep the time zone that the process had when it first asked. */
    static final String UTC = ";TIME ZONE=UTC";

    private static final int FILE_CORRUPTED = 90030;
    private static final int READ_ONLY = 90097; // opened for reading, it would have to be mended first
    private static final Set<Integer> STORE_DAMAGED = Set.of(
            DataUtils.ERROR_READING_FAILED,
            DataUtils.ERROR_INTERNAL,
            DataUtils.ERROR_FILE_CORRUPT,
            DataUtils.ERROR_CHUNK_NOT_FOUND,
            DataUtils.ERROR_BLOCK_NOT_FOUND);

    private static final int DATABASE_ALREADY_OPEN = 90020;

    private H2() {}

    static Path database(Path runs) {
        return runs.resolve("igpt");
    }

    public static Path file(Path runs) {
        return runs.resolve("igpt" + SUFFIX);
    }

    public static Path holder(Path runs) {
        return runs.resolve("igpt.holder");
    }

    /**
     * Nothing committed is lost to a kill (WRITE_DELAY), nothing is closed behind our backs by a second shutdown hook
     * (DB_CLOSE_ON_EXIT), and no trace file appears. Only the job's own threads wait for each other's rows, and none of them
     * is worth the end of a training: they wait for a minute (LOCK_TIMEOUT) where H2's default is two seconds.
     */
    public static String url(Path runs) {
        return "jdbc:h2:file:" + database(runs)
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=60000"
                + UTC;
    }

    /** Of a file of H2's file systems, to which nothing is written. */
    static String reading(String file) {
        return "jdbc:h2:" + file.substring(0, file.length() - SUFFIX.length()) + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE"
                + UTC;
    }

    /** A copy of the database as it was when an attempt ended last, as {@code unzip} unpacks it. */
    static Path backup(Path runs) {
        return runs.resolve("igpt.backup.zip");
    }

    /** A copy of an open database. By H2 itself: were the file opened and closed here, the system would take H2's lock away. */
    static void backup(Connection open, Path runs, Path zip) throws SQLException, IOException {
        try (var files = Files.newDirectoryStream(runs, "igpt.*.mv.db")) {
            for (var file : files) {
                throw new UserException("H2 takes " + file + " for a part of the database: give it another name");
            }
        }
        try (var statement = open.prepareStatement("backup to ?")) {
            statement.setString(1, zip.toString());
            statement.execute();
        }
    }

    /** The words for the user, where there is one. */
    static String orBackup(DatabaseSettings settings) {
        var backup = backup(settings.runs());
        return settings.url() == null && Files.exists(backup)
                ? ", or unzip -o " + backup + " -d " + settings.runs()
                        + " restores what it was when an attempt last ended"
                : "";
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

    /** Nothing in it, though it is there: a disk was full, or it was killed before its first table. */
    public static boolean isBlank(Path runs) {
        return Files.isRegularFile(file(runs)) && file(runs).toFile().length() == 0;
    }

    /** H2 names some by its own store's numbers, and one that it may only read as unwritable. */
    public static boolean damaged(SQLException failure) {
        return failure.getErrorCode() == FILE_CORRUPTED
                || failure.getErrorCode() == READ_ONLY
                || (failure.getCause() instanceof MVStoreException store
                        && STORE_DAMAGED.contains(store.getErrorCode()));
    }

    static UserException damage(DatabaseSettings settings, Exception failure) {
        return new UserException(
                "the database " + file(settings.runs())
                        + " is damaged: ./igpt rebuild writes it again from the folders of the runs"
                        + orBackup(settings),
                failure);
    }
}
