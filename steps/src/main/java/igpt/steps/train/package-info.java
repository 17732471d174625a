/** Pre-training. */
@NullMarked
package igpt.steps.train;

import org.jspecify.annotations.NullMarked;
