/** Checks the dataset and makes it known. */
@NullMarked
package igpt.steps.publish;

import org.jspecify.annotations.NullMarked;
