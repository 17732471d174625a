package igpt.jobs;

import java.io.PrintStream;

/**
 * Where a run tells how it goes.
 *
 * @param columns of the terminal; 0 where there is none, so lines instead of bars
 */
public record Console(PrintStream out, int columns) {}
