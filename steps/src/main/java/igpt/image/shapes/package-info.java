/** Images drawn from a seed. */
@NullMarked
package igpt.image.shapes;

import org.jspecify.annotations.NullMarked;
