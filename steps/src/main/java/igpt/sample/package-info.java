/** Images drawn from a model: whole, and completed from what is given of them. */
@NullMarked
package igpt.sample;

import org.jspecify.annotations.NullMarked;
