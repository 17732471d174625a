package igpt.launch;

/**
 * Whoever wants to know how the runs of a process go: the console, for one. Told on the threads that do the work, and of one
 * run in order; so be quick, and leave what takes a while to a thread of your own. What it throws ends in the log.
 */
public interface RunListener {
    /**
     * A line for the user.
     *
     * @param run its number; 0 if it has none yet
     * @param line as it is shown: of a run that another launched it begins with {@code run 4: }
     */
    default void said(long run, String line) {}

    default void began(AttemptBegan attempt) {}

    /** A stretch of work began. */
    default void meterBegan(MeterReading meter) {}

    /** Where it is now; twice a second, whether it has moved or not. */
    default void meterMoved(MeterReading meter) {}

    default void meterEnded(MeterReading meter) {}

    /** Not told of a run that was refused. */
    default void ended(Outcome outcome) {}

    /**
     * The right to the run is lost, and it has not ended for a while. What it computes can be stored no more: a process that
     * is there for it alone may end.
     */
    default void stuck(long run, String reason) {}
}
