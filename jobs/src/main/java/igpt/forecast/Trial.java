package igpt.forecast;

import java.io.IOException;

/**
 * The main work of a run that trains nothing, to be tried where the history has no run like it.
 *
 * @param pieces that are all alike
 * @param piece one of them in words: {@code 32 images}
 * @param clock does some of it
 */
public record Trial(double pieces, String piece, Clock clock) {

    /** What was measured, in seconds. */
    public record Took(double once, double each) {}

    /** Takes its time. */
    @FunctionalInterface
    public interface Clock {
        /** How long it takes to begin, and a piece thereafter. */
        Took measure() throws IOException;
    }
}
