package igpt.train;

/** The learning rate over a training. */
public interface Schedule {
    /** That of an iteration, counted from 0. */
    double at(long iteration);

    /** The highest: what the user gave. */
    double peak();

    /** The same in every iteration, as the paper fine-tunes. */
    static Schedule constant(double rate) {
        return new Schedule() {
            @Override
            public double at(long iteration) {
                return rate;
            }

            @Override
            public double peak() {
                return rate;
            }
        };
    }
}
