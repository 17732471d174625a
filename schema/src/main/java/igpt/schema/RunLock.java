package igpt.schema;

/** The right to work on a run, held until it or the database is closed, or the process dead: nobody else gets it meanwhile. */
public interface RunLock extends AutoCloseable {

    long run();

    /**
     * Whether it still is: PostgreSQL takes it back when it loses the connection.
     *
     * <p>To be asked before each commit that others must not make at the same time.
     */
    boolean held();

    @Override
    void close();
}
