package igpt.bench;

import org.jspecify.annotations.Nullable;

/**
 * What a benchmark found out.
 *
 * @param shape of the work: {@code B=4 N=1024 D=128 H=4 L=8 V=512}
 * @param ceiling what bounds it, in the same unit; null if nothing does
 */
record Reading(String benchmark, String shape, String metric, Samples samples, String unit, @Nullable Ceiling ceiling) {

    Reading(String benchmark, String shape, String metric, Samples samples, String unit) {
        this(benchmark, shape, metric, samples, unit, null);
    }
}
