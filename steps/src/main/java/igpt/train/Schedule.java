package igpt.train;

/** The learning rate in each iteration of a training. A training's task chooses its schedule. */
public interface Schedule {
    /** The learning rate of an iteration, counted from 0. */
    double at(long iteration);

    /** The highest learning rate: the one that the user gave. */
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
