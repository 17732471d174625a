package igpt.schema.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt goes that is under way, as its process last said.
 *
 * @param heard when it last said that it is there; null if an earlier version of the program runs it
 * @param silent whether that is so long ago that it may be suspended, or its machine gone
 * @param rate of the step, in {@code rateUnit} a second; null, as what follows, where it is not known
 * @param secondsLeft of the step
 * @param loss nats a pixel, of the last iteration
 */
public record Live(
        @Nullable Instant heard,
        boolean silent,
        @Nullable Double rate,
        @Nullable String rateUnit,
        @Nullable Double secondsLeft,
        @Nullable Double loss) {}
