package igpt.schema.run;

import org.jspecify.annotations.Nullable;

/**
 * What a benchmark measured.
 *
 * @param shape of the work
 * @param samples how often it was measured; median, lowest and highest are of those
 * @param ceiling what bounds it on this machine; null if nothing does
 * @param ceilingShare median / ceiling
 */
public record BenchResult(
        String benchmark,
        String shape,
        String metric,
        double median,
        double lowest,
        double highest,
        int samples,
        String unit,
        @Nullable String ceiling,
        @Nullable Double ceilingShare) {}
