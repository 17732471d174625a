package igpt.recipe;

/** Tells the user how far a step has come: a bar on a terminal, plain lines elsewhere, and a row for {@code igpt runs}. */
public interface ProgressReporter {
    /**
     * Begins a stretch of work. Close the meter when it ends, however it ends.
     *
     * @param step the step's name, by which {@code igpt runs} finds its progress: {@code train}
     * @param done by earlier attempts
     * @param total 0 if it is not known
     * @param unit what is counted, in the plural: {@code iterations}
     */
    default Meter begin(String step, long done, long total, String unit) {
        return begin(step, done, total, unit, unit, 1);
    }

    /** The same, with the rate in another unit: {@code rateUnit} "images", {@code perUnit} 32 for a batch of 32. */
    Meter begin(String step, long done, long total, String unit, String rateUnit, double perUnit);

    /** A line of its own for the user: "dataset shapes unchanged since run 3". */
    void say(String line);

    /** Cheap enough to be called for every image, from any thread. */
    interface Meter extends AutoCloseable {
        void set(long done);

        void add(long more);

        /** For work that is counted otherwise. */
        static Meter none() {
            return new Meter() {
                @Override
                public void set(long done) {}

                @Override
                public void add(long more) {}

                @Override
                public void detail(String text) {}

                @Override
                public void close() {}
            };
        }

        /** Shown after the count: {@code loss 2.31 lr 0.003}. */
        void detail(String text);

        /** The loss of the last iteration, in nats a pixel. */
        default void loss(double nats) {}

        /** How long it took to write the last checkpoint. */
        default void saved(double seconds) {}

        @Override
        void close();
    }
}
