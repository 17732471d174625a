/** A linear classifier on each layer. */
@NullMarked
package igpt.steps.fit;

import org.jspecify.annotations.NullMarked;
