package igpt.forecast;

import igpt.forecast.Trial.Took;
import java.io.IOException;

/** Work that is done a few times, until its time is known. */
final class Pace {
    private static final double ENOUGH_SECONDS = 5;
    private static final int ENOUGH_TIMES = 10;

    private Pace() {}

    /** Some work. */
    @FunctionalInterface
    interface Work {
        void once() throws IOException;
    }

    /** The first time compiles, and is told apart. */
    static Took of(Work work) throws IOException {
        double first = seconds(work);
        double all = 0;
        int times = 0;
        do {
            all += seconds(work);
            times++;
        } while (all < ENOUGH_SECONDS && times < ENOUGH_TIMES);
        return new Took(Math.max(0, first - all / times), all / times);
    }

    private static double seconds(Work work) throws IOException {
        long began = System.nanoTime();
        work.once();
        return (System.nanoTime() - began) / 1e9;
    }
}
