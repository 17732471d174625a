package igpt.bench;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** The same thing measured several times, in ascending order. */
record Samples(double[] sorted) {

    Samples {
        sorted = sorted.clone();
        Arrays.sort(sorted);
    }

    static Samples of(double... values) {
        return new Samples(values);
    }

    /** Something to be timed. */
    interface Work {
        void run() throws Exception;
    }

    /** Seconds of each repetition after {@code warmUp} that are not counted. */
    static Samples seconds(int warmUp, int repeat, Work work) throws Exception {
        var seconds = new double[repeat];
        for (int i = -warmUp; i < repeat; i++) {
            long began = System.nanoTime();
            work.run();
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - began) / 1e9;
            }
        }
        return new Samples(seconds);
    }

    /** Of seconds: how much a second, if each repetition did {@code amount}. */
    Samples rate(double amount) {
        return map(seconds -> amount / seconds);
    }

    Samples map(DoubleUnaryOperator by) {
        return new Samples(DoubleStream.of(sorted).map(by).toArray());
    }

    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double lowest() {
        return sorted[0];
    }

    double highest() {
        return sorted[sorted.length - 1];
    }

    int count() {
        return sorted.length;
    }
}
