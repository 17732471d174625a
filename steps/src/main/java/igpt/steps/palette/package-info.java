/** Fits the colours. */
@NullMarked
package igpt.steps.palette;

import org.jspecify.annotations.NullMarked;
