package igpt.schema;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where runs are remembered: the embedded H2 file in the runs folder, or PostgreSQL.
 *
 * <p>The embedded file belongs to one process at a time, and that is the proof of life: who has it knows that no other
 * process is at work. With PostgreSQL several work at once: there a process has an advisory lock a run, and says every
 * moment that it is there.
 */
public abstract class Database implements AutoCloseable {

    Database() {}

    /**
     * Opens it to run a job: makes or migrates it, and with the embedded one keeps everybody else out.
     *
     * @throws UserException if another process has it, or it is newer than this program, or it cannot be written
     */
    public static Database forJob(DatabaseSettings settings) {
        return settings.url() == null ? EmbeddedDatabase.open(settings) : PostgresDatabase.open(settings);
    }

    /**
     * Opens it to ask, also while a job has it; quick, and leaves nothing behind. Where there is none it is empty.
     *
     * @throws UserException if it cannot be reached, or is of another version than this program
     */
    public static Database forReading(DatabaseSettings settings) {
        return settings.url() == null ? EmbeddedReader.open(settings) : PostgresDatabase.read(settings);
    }

    /** The line for the user, where the failure is one that they or their machine can put right: a full disk, say. */
    public static Optional<UserException> explain(Throwable failure) {
        return Failures.explain(failure);
    }

    public abstract DataSource dataSource();

    public final JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

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
    abstract QueryResult query(String sql, QueryLimits limits);

    @Override
    public abstract void close();
}
