/** What steps share of the run: its artifacts, rows and progress. */
@NullMarked
package igpt.recipe;

import org.jspecify.annotations.NullMarked;
