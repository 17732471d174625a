/** What steps share: the run, its inputs and artifacts, dataset rows, checkpoints and progress. */
@NullMarked
package igpt.recipe;

import org.jspecify.annotations.NullMarked;
