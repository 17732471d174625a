/** The loss on validation and test images. */
@NullMarked
package igpt.steps.evaluate;

import org.jspecify.annotations.NullMarked;
