package igpt.schema.db;

import igpt.schema.Failures;
import igpt.schema.UserException;
import igpt.schema.lock.Holder;
import igpt.schema.lock.Holders;
import igpt.schema.lock.RunLock;
import igpt.schema.query.QueryLimits;
import igpt.schema.query.QueryResult;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where runs are remembered: the embedded H2 file in the runs folder, or PostgreSQL.
 *
 * <p>The embedded file belongs to one process at a time, and that is the proof of life: who has it knows that no other
 * process is at work. With PostgreSQL several work at once: there a process has an advisory lock a run, and says every
 * moment that it is there.
 */
public abstract class Database implements AutoCloseable {

    private @Nullable RunsFolder runsFolder;
    private @Nullable HistoryTables tables;

    Database() {}

    /**
     * Opens it to run a job: makes or migrates it, and with the embedded one keeps everybody else out.
     *
     * @throws UserException if another process has it, or it is newer than this program, or it cannot be written, or the
     *     runs folder is another database's
     */
    public static Database forJob(DatabaseSettings settings) {
        RunsFolder.checkPlace(settings.runs());
        if (settings.url() == null) {
            EmbeddedDatabase.checkNotLost(settings);
        }
        var database = open(settings);
        try {
            database.runsFolder = RunsFolder.claim(database, settings);
            return database;
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    /** As for a job, whosever the runs folder is. */
    public static Database open(DatabaseSettings settings) {
        return settings.url() == null ? EmbeddedDatabase.open(settings) : PostgresDatabase.open(settings);
    }

    /**
     * Opens it to ask, also while a job has it; quick, and leaves nothing behind. Where there is none it is empty.
     *
     * @throws UserException if it cannot be reached, or is of another version than this program
     */
    public static Database forReading(DatabaseSettings settings) {
        RunsFolder.checkPlace(settings.runs());
        return settings.url() == null ? EmbeddedReader.open(settings) : PostgresDatabase.read(settings);
    }

    /** The line for the user, where the failure is one that they or their machine can put right: a full disk, say. */
    public static Optional<UserException> explain(Throwable failure) {
        return Failures.explain(failure);
    }

    /**
     * Whether it came of a connection that the database has ended, or that was lost on the way: what was under way in it is
     * rolled back, unless that was a commit, of which nobody knows. Another connection may fare better.
     */
    public static boolean isDisconnection(@Nullable Throwable failure) {
        return Failures.disconnection(failure).isPresent();
    }

    public abstract DataSource dataSource();

    public final JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    /** The tables of its runs and artifacts; read when first asked for. */
    public final synchronized HistoryTables tables() {
        var known = tables;
        if (known == null) {
            known = new HistoryTables(new Catalogue(jdbc()));
            tables = known;
        }
        return known;
    }

    /**
     * The folder that its runs lie in.
     *
     * @throws IllegalStateException if it was opened to ask
     */
    public final RunsFolder runsFolder() {
        var folder = runsFolder;
        if (folder == null) {
            throw new IllegalStateException("opened for reading");
        }
        return folder;
    }

    /** Copies the embedded database into its folder, so that it can be restored; others keep their own. */
    public void backup() throws IOException, SQLException {}

    /**
     * Takes the right to work on a run.
     *
     * @throws UserException if a process is at work on it, naming it
     */
    public abstract RunLock lock(long run);

    /** The process that is at work on a run; empty if there is none, so that a STARTED attempt of it was killed. */
    public Optional<Holder> holder(long run) {
        return Holders.of(jdbc(), run);
    }

    /**
     * Answers a question in the user's own SQL.
     *
     * @throws UserException if it is wrong, takes too much, or could change anything
     */
    public abstract QueryResult query(String sql, QueryLimits limits);

    @Override
    public abstract void close();
}
