package igpt.batch;

import igpt.schema.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions of a run, none of which is committed after the user has given it up; nor after the connection was lost in one.
 * Where it was lost in the commit, nobody knows yet what is stored, and Spring Batch, which takes it for rolled back, would
 * write over it what it was before.
 */
final class StoppableTransactions extends JdbcTransactionManager {
    private static final long serialVersionUID = 1L;

    private final transient Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final transient ReentrantLock committing = new ReentrantLock();
    private transient @Nullable Thread only; // guarded by committing
    private transient volatile @Nullable Runnable beforeCommit;
    private transient volatile @Nullable RuntimeException lost;

    StoppableTransactions(DataSource dataSource) {
        super(dataSource);
    }

    /** To be done before each commit, in its transaction. */
    void beforeCommit(Runnable work) {
        beforeCommit = work;
    }

    @Override
    protected void prepareForCommit(DefaultTransactionStatus status) {
        var work = beforeCommit;
        if (work != null && status.isNewTransaction()) {
            work.run();
        }
    }

    /** The failure by which the connection was lost in a transaction, if it was: the attempt is over. */
    @Nullable
    RuntimeException lost() {
        return lost;
    }

    /** A commit under way is waited for; what others have begun is rolled back, so that it holds no row. */
    void keepToThisThread() {
        committing.lock();
        try {
            only = Thread.currentThread();
        } finally {
            committing.unlock();
        }
        for (var connection : open) {
            try {
                connection.rollback();
            } catch (SQLException e) {
                logger.warn("a transaction that is given up was not rolled back", e);
            }
        }
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        var reason = lost;
        if (reason != null) {
            throw new CannotCreateTransactionException("the connection was lost before", reason);
        }
        super.doBegin(transaction, definition);
        open.add(connection());
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        open.remove(connection());
        super.doCleanupAfterCompletion(transaction);
    }

    /** What the database has ended it has rolled back: the failure before is the one to be told. */
    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            super.doRollback(status);
        } catch (RuntimeException e) {
            if (!Database.isDisconnection(e)) {
                throw e;
            }
            lost = e;
            logger.warn("the connection was lost in a transaction", e);
        }
    }

    private Connection connection() {
        var holder = (ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource());
        return Objects.requireNonNull(holder).getConnection();
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        committing.lock();
        boolean may = only == null || only == Thread.currentThread();
        try {
            if (may) {
                super.doCommit(status);
            }
        } catch (RuntimeException e) {
            if (Database.isDisconnection(e)) {
                lost = e;
            }
            throw e;
        } finally {
            committing.unlock();
        }
        // Neither committed nor failed, which would be stored and told: the process is about to end.
        while (!may) {
            LockSupport.park();
        }
    }
}
