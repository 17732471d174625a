/** Images become small squares of pixels. */
@NullMarked
package igpt.steps.decode;

import org.jspecify.annotations.NullMarked;
