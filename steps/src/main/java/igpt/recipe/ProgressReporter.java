package igpt.recipe;

/** Tells the user how far a step is: a bar on a terminal, a plain line now and then elsewhere, and a row for {@code igpt runs}. */
public interface ProgressReporter {
    /**
     * Begins a stretch of work. Close the meter when it ends, however it ends.
     *
     * @param step the step's name, by which {@code igpt runs} finds its progress: {@code train}
     * @param done what earlier attempts did already
     * @param total 0 where it is not known
     * @param unit what is counted, in the plural: {@code iterations}
     */
    default Meter begin(String step, long done, long total, String unit) {
        return begin(step, done, total, unit, unit, 1);
    }

    /** The same, the rate told in another unit: {@code rateUnit} "images", {@code perUnit} 32 for a batch of 32. */
    Meter begin(String step, long done, long total, String unit, String rateUnit, double perUnit);

    /** A line of its own for the user: "dataset shapes unchanged since run 3". */
    void say(String line);

    /** Cheap enough to be told of every image; any thread. */
    interface Meter extends AutoCloseable {
        void set(long done);

        void add(long more);

        /** What stands behind the count: {@code loss 2.31 lr 0.003}. */
        void detail(String text);

        @Override
        void close();
    }
}
