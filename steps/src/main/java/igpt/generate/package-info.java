/** Draws images, token by token, from what a model says of each. */
@NullMarked
package igpt.generate;

import org.jspecify.annotations.NullMarked;
