package igpt.schema.lock;

import igpt.schema.UserException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** The right to work on a run, until it or the database is closed, or the process dead: nobody else gets it meanwhile. */
public interface RunLock extends AutoCloseable {

    long run();

    /** Whether it is there, as far as this process knows without asking. */
    boolean held();

    /**
     * To be called before a file takes its place. Makes sure that the right was there a moment ago, and waits while the
     * connection that it stands on is made again.
     *
     * @throws UserException if the right is lost, saying why
     */
    void confirm();

    /**
     * To be called first thing in every transaction: from now to its end nobody else can take the run over.
     *
     * @throws UserException if somebody has
     */
    void fence(Connection transaction) throws SQLException;

    /**
     * To be called after a connection was lost in a transaction: waits until there is one again, and until the database has
     * ended all that this process had begun at the run. Whether it was committed can be read then.
     *
     * @return false where another connection would fare no better
     * @throws UserException if the right is lost, or the database does not come back
     */
    boolean settle();

    /** Whom to tell, in place of whoever was to be told before, that the database is away and waited for. */
    void onTrouble(Consumer<String> listener);

    /** Whom to tell, from a thread of the lock's own, when the right is lost before it was given back. */
    void onLoss(Consumer<UserException> listener);

    @Override
    void close();
}
