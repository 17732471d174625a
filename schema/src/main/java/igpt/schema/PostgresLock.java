package igpt.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A session's advisory lock: the server lets go of it when the connection ends, hence when the process does. So it has a
 * connection of its own.
 */
final class PostgresLock implements RunLock {

    /** Of one number for program, schema and run, so that others' locks are not ours. The view live_run has it too. */
    private static final String TRY = "select pg_try_advisory_lock(hashtextextended('igpt.' || current_schema(), ?))";

    private final SingleConnectionDataSource connection;
    private final JdbcClient jdbc;
    private final long run;
    private boolean closed;

    private PostgresLock(Connection connection, long run) {
        this.connection = new SingleConnectionDataSource(connection, true);
        this.jdbc = JdbcClient.create(this.connection);
        this.run = run;
    }

    /** Empty if another session has it; the connection is then closed, else it belongs to the lock. */
    static Optional<PostgresLock> tryLock(Connection connection, long run) throws SQLException {
        var lock = new PostgresLock(connection, run);
        try {
            if (lock.taken()) {
                lock.sayWho();
                return Optional.of(lock);
            }
        } catch (DataAccessException failure) {
            lock.connection.destroy();
            throw failure;
        }
        lock.connection.destroy();
        return Optional.empty();
    }

    private boolean taken() {
        return jdbc.sql(TRY).params(run).query(Boolean.class).single();
    }

    private void sayWho() {
        var self = Holder.self();
        jdbc.sql(
                        """
                        insert into run_holder (run, pid, host, started_at) values (?, ?, ?, ?)
                        on conflict (run) do update
                        set pid = excluded.pid, host = excluded.host, started_at = excluded.started_at
                        """)
                .params(run, self.pid(), self.host(), self.started().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public long run() {
        return run;
    }

    @Override
    public synchronized boolean held() {
        try {
            return !closed && jdbc.sql("select 1").query(Integer.class).single() == 1;
        } catch (DataAccessException lost) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            jdbc.sql("delete from run_holder where run = ?").params(run).update();
        } catch (DataAccessException lost) {
            // Then the server has taken the lock back, and the row counts for nothing without it.
        }
        connection.destroy();
    }
}
