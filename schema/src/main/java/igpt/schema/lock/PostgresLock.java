package igpt.schema.lock;

import igpt.schema.Failures;
import igpt.schema.UserException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to a run on PostgreSQL, in three parts, since each alone fails:
 *
 * <ul>
 *   <li>an advisory lock of a session of its own. The server lets go of it when the connection ends, hence when the
 *       process does; but also when the server is restarted or an administrator ends the session.
 *   <li>a row that says which process it is and when it was last heard of. A process that is there keeps its run whatever
 *       became of its lock, and a thread of this class takes the lock again. From another machine, a process counts as
 *       there until it has not been heard of for half a minute.
 *   <li>a token in that row. Every transaction locks the row and looks for its token first, so that a process which was
 *       taken over, asleep perhaps, commits nothing any more.
 * </ul>
 */
public final class PostgresLock implements RunLock {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLock.class);

    /** Of one number for program, schema and run, so that others' locks are not ours. The view live_run has it too. */
    private static final String NUMBER = "hashtextextended('igpt.' || current_schema(), ?)";

    /** What a confirmation is good for. */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    /** Less than the session's time for an answer. */
    private static final int SETTLE_MILLIS = 10_000;

    private static final Duration RETRY = Duration.ofMillis(500);

    /** Makes a session for a lock. */
    public interface Connector {
        Connection connect() throws SQLException;
    }

    /**
     * @param beat between two signs of life
     * @param patience how long a lost connection is tried again
     */
    public record Timing(Duration beat, Duration patience) {

        /** A server is restarted within minutes; what was computed meanwhile is not thrown away. */
        public static final Timing USUAL = new Timing(Duration.ofSeconds(2), Duration.ofMinutes(10));
    }

    private final Connector connector;
    private final Timing timing;
    private final long run;
    private final String token = UUID.randomUUID().toString();
    private final List<Consumer<UserException>> listeners = new CopyOnWriteArrayList<>();

    private @Nullable Connection session; // this and the next three guarded by this
    private boolean locked;
    private int backend; // the process of the last session at the server
    private long troubleSince; // 0: none

    private volatile long heardNanos;
    private volatile long heardMillis;
    private volatile @Nullable UserException lost;
    private volatile boolean closed;
    private volatile Consumer<String> troubleListener = line -> {};

    private PostgresLock(Connector connector, Timing timing, long run) {
        this.connector = connector;
        this.timing = timing;
        this.run = run;
    }

    /**
     * Takes it.
     *
     * @param mine whether this process works on the run already
     * @throws Refusal if somebody else has it
     */
    public static PostgresLock take(Connector connector, Timing timing, long run, boolean mine)
            throws SQLException, Refusal {
        var lock = new PostgresLock(connector, timing, run);
        lock.take(mine);
        lock.watch();
        return lock;
    }

    private synchronized void take(boolean mine) throws SQLException, Refusal {
        var fresh = connector.connect();
        try {
            fresh.setAutoCommit(false);
            Refusal.check(fresh, run, tryAdvisory(fresh), mine);
            sayWho(fresh);
            fresh.commit();
            fresh.setAutoCommit(true);
            backend = backend(fresh);
        } catch (SQLException | RuntimeException | Refusal failure) {
            closeQuietly(fresh);
            throw failure;
        }
        session = fresh;
        locked = true;
        heard();
    }

    private boolean tryAdvisory(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(" + NUMBER + ")")) {
            statement.setLong(1, run);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void sayWho(Connection connection) throws SQLException {
        var self = Holder.self();
        try (var statement = connection.prepareStatement(
                """
                insert into run_holder (run, pid, host, started_at, birth, token, heard_at)
                values (?, ?, ?, ?, ?, ?, clock_timestamp())
                on conflict (run) do update
                set pid = excluded.pid, host = excluded.host, started_at = excluded.started_at, birth = excluded.birth,
                    token = excluded.token, heard_at = excluded.heard_at
                """)) {
            statement.setLong(1, run);
            statement.setLong(2, self.pid());
            statement.setString(3, self.host());
            statement.setObject(4, self.started().atOffset(ZoneOffset.UTC));
            statement.setString(5, self.birth());
            statement.setString(6, token);
            statement.executeUpdate();
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_backend_pid()");
                var row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private void watch() {
        var thread = new Thread(this::beatOnAndOn, "lock of run " + run);
        thread.setDaemon(true);
        thread.start();
    }

    private void beatOnAndOn() {
        while (!closed && lost == null) {
            try {
                Thread.sleep(timing.beat().toMillis());
                if (!closed) {
                    beat();
                }
            } catch (InterruptedException | UserException over) {
                return;
            }
        }
    }

    /** Says that this process is there, and makes the session and the lock again if need be. */
    private void beat() {
        while (true) {
            var reason = lost;
            if (reason != null) {
                throw reason;
            }
            try {
                beatOnce();
                return;
            } catch (SQLException trouble) {
                despairAfterAWhile(trouble);
            }
            try {
                Thread.sleep(RETRY.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new UserException("interrupted while the connection to the database was made again", interrupted);
            }
        }
    }

    private synchronized void beatOnce() throws SQLException {
        if (closed) {
            return;
        }
        try {
            var now = session == null ? renew() : session;
            if (count(now, "update run_holder set heard_at = clock_timestamp() where run = ? and token = ?") != 1) {
                lose(takenOver(now), null);
                return;
            }
            if (!locked) {
                locked = tryAdvisory(now);
                if (!locked) {
                    throw new SQLException("another session has the lock");
                }
                LOG.info("the lock of run {} is taken again", run);
            }
            troubleSince = 0;
            heard();
        } catch (SQLException failure) {
            var broken = session;
            if (broken != null && !isUsable(broken)) {
                session = null;
                locked = false;
                closeQuietly(broken);
            }
            throw failure;
        }
    }

    /** The lock's old session may still be there, where the network failed and the server has not noticed. */
    private Connection renew() throws SQLException {
        var fresh = connector.connect();
        try (var statement = fresh.prepareStatement(
                """
                select pg_terminate_backend(l.pid) from pg_locks l
                where l.pid = ? and l.locktype = 'advisory' and l.granted
                    and (cast(l.classid as bigint) << 32) | cast(l.objid as bigint) = %s
                """
                        .formatted(NUMBER))) {
            statement.setInt(1, backend);
            statement.setLong(2, run);
            statement.executeQuery().close();
            backend = backend(fresh);
        } catch (SQLException | RuntimeException failure) {
            closeQuietly(fresh);
            throw failure;
        }
        session = fresh;
        locked = false;
        return fresh;
    }

    private static boolean isUsable(Connection connection) {
        try {
            return connection.isValid(2);
        } catch (SQLException broken) {
            return false;
        }
    }

    private synchronized void despairAfterAWhile(SQLException trouble) {
        long now = System.nanoTime();
        if (troubleSince == 0) {
            troubleSince = now == 0 ? 1 : now;
            LOG.warn("the connection that holds run {} is lost and will be made again", run, trouble);
            troubleListener.accept("no connection to PostgreSQL (%s): it is tried again for %d s"
                    .formatted(Failures.firstLine(trouble), timing.patience().toSeconds()));
        } else if (now - troubleSince > timing.patience().toNanos()) {
            lose(
                    "the connection to the database was lost and not to be had again for %d s (%s): ./igpt resume %d when it is back"
                            .formatted(timing.patience().toSeconds(), Failures.firstLine(trouble), run),
                    trouble);
        }
    }

    private String takenOver(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select pid, host, started_at, birth, token from run_holder where run = ?")) {
            statement.setLong(1, run);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? "run %d was taken over by %s; this attempt at it ends, and what it had stored is there"
                                .formatted(run, Holders.holder(row))
                        : "the row that gives this process the right to run %d was deleted: ./igpt resume %1$d"
                                .formatted(run);
            }
        }
    }

    private int count(Connection connection, String update) throws SQLException {
        try (var statement = connection.prepareStatement(update)) {
            bind(statement);
            return statement.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement) throws SQLException {
        statement.setLong(1, run);
        statement.setString(2, token);
    }

    private void heard() {
        heardNanos = System.nanoTime();
        heardMillis = System.currentTimeMillis();
    }

    private void lose(String why, @Nullable SQLException cause) {
        UserException reason;
        synchronized (this) {
            if (lost != null || closed) {
                return;
            }
            reason = cause == null ? new UserException(why) : new UserException(why, cause);
            lost = reason;
        }
        LOG.error("the right to run {} is lost", run, reason);
        listeners.forEach(listener -> listener.accept(reason));
    }

    @Override
    public long run() {
        return run;
    }

    @Override
    public synchronized boolean held() {
        return !closed && lost == null && locked && troubleSince == 0;
    }

    /** Both clocks, since one stands still while the machine sleeps and the other can be set back. */
    @Override
    public void confirm() {
        long sinceMillis = System.currentTimeMillis() - heardMillis;
        boolean fresh = System.nanoTime() - heardNanos < FRESH_NANOS
                && sinceMillis >= 0
                && sinceMillis < FRESH_NANOS / 1_000_000;
        if (!fresh || lost != null) {
            beat();
        }
    }

    /** Takers lock the row for update, which this keeps from them; signs of life continue. */
    @Override
    public void fence(Connection transaction) throws SQLException {
        try (var statement =
                transaction.prepareStatement("select run from run_holder where run = ? and token = ? for key share")) {
            bind(statement);
            try (var row = statement.executeQuery()) {
                if (row.next()) {
                    return;
                }
            }
        }
        lose(takenOver(transaction), null);
        var reason = lost;
        throw reason != null ? reason : new IllegalStateException("run " + run + " was given back already");
    }

    /** Those who take a run over wait in the same way: a fenced transaction keeps the row from them until it ends. */
    @Override
    public boolean settle() {
        var patience = new Patience(timing.patience().toNanos());
        while (true) {
            beat();
            try (var fresh = connector.connect();
                    var wait = fresh.createStatement();
                    var row = fresh.prepareStatement(
                            "select run from run_holder where run = ? and token = ? for update")) {
                wait.execute("set lock_timeout = " + SETTLE_MILLIS);
                bind(row);
                row.execute();
                return true;
            } catch (SQLException trouble) {
                LOG.warn("what this process had begun at run {} is not over", run, trouble);
                if (!patience.tryAgain()) {
                    throw new UserException(
                            "PostgreSQL does not end what this process had begun at run %d (%s): ./igpt resume %1$d when it has"
                                    .formatted(run, Failures.firstLine(trouble)),
                            trouble);
                }
            }
        }
    }

    @Override
    public void onTrouble(Consumer<String> listener) {
        troubleListener = listener;
    }

    @Override
    public void onLoss(Consumer<UserException> listener) {
        listeners.add(listener);
        var reason = lost;
        if (reason != null) {
            listener.accept(reason);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            var last = session != null && isUsable(session) ? session : connector.connect();
            session = last;
            count(last, "delete from run_holder where run = ? and token = ?");
        } catch (SQLException unreachable) {
            // Then the server has taken the lock back, and the row ends with the process that it names.
        }
        if (session != null) {
            closeQuietly(session);
        }
    }

    public boolean isOpen() {
        return !closed && lost == null;
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            // There is nothing left to close.
        }
    }
}
