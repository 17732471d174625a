package igpt.schema.lock;

import igpt.schema.Failures;
import igpt.schema.UserException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections for whoever works on a run. Every transaction first makes sure of the right to the run. Where the server is
 * gone, it is waited for as long as the lock waits.
 */
public final class FencedConnections implements LateConnections.Opener {

    private static final int VALID_SECONDS = 5;

    /** The lock's own session is there again by then, so that the pool's are soon. */
    private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private static final Duration PAUSE = Duration.ofMillis(200);

    private volatile @Nullable RunLock lock;

    /** From now on nothing is committed without it. */
    public void guard(RunLock lock) {
        this.lock = lock;
    }

    @Override
    public Connection open(DataSource source, boolean transaction) throws SQLException {
        var right = lock;
        if (right == null) {
            return begun(source.getConnection(), null, transaction);
        }
        for (long start = System.nanoTime(); ; ) {
            right.confirm();
            try {
                return begun(source.getConnection(), right, transaction);
            } catch (SQLException failure) {
                if (!Failures.isOfConnection(failure) || System.nanoTime() - start > PATIENCE_NANOS) {
                    throw failure;
                }
            }
            pause();
        }
    }

    private static Connection begun(Connection connection, @Nullable RunLock lock, boolean transaction)
            throws SQLException {
        try {
            if (transaction) {
                connection.setAutoCommit(false);
                if (lock != null) {
                    lock.fence(connection);
                }
            } else if (lock != null && !connection.isValid(VALID_SECONDS)) {
                throw new SQLException("the connection is broken", "08006");
            }
            return connection;
        } catch (SQLException | RuntimeException failure) {
            try (connection) {
                connection.setAutoCommit(true);
            } catch (SQLException broken) {
                failure.addSuppressed(broken);
            }
            throw failure;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while waiting for the database", interrupted);
        }
    }
}
