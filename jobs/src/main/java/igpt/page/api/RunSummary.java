package igpt.page.api;

import igpt.schema.run.Live;
import igpt.schema.run.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a run, as {@code igpt runs --format json} tells it.
 *
 * @param execution Spring Batch's number of the attempt
 */
record RunSummary(
        long run,
        int attempt,
        String job,
        String status,
        @Nullable String step,
        @Nullable String progress,
        Instant started,
        @Nullable Instant ended,
        double seconds,
        @Nullable Double lastLoss,
        @Nullable String parameters,
        @Nullable String exitMessage,
        @Nullable Long parent,
        @Nullable Double rate,
        @Nullable String rateUnit,
        @Nullable Double secondsLeft,
        @Nullable Double loss,
        @Nullable Instant heard,
        @Nullable Boolean silent,
        long execution) {

    static RunSummary of(Run run) {
        return new RunSummary(
                run.run(),
                run.attempt(),
                run.job(),
                run.status(),
                run.step(),
                run.progress(),
                run.started(),
                run.ended(),
                run.seconds(),
                run.lastLoss(),
                run.parameters(),
                run.exitMessage() == null
                        ? null
                        : run.exitMessage().lines().findFirst().orElse(""),
                run.parent(),
                run.live(Live::rate),
                run.live(Live::rateUnit),
                run.live(Live::secondsLeft),
                run.live(Live::loss),
                run.live(Live::heard),
                run.live(Live::silent),
                run.execution());
    }
}
