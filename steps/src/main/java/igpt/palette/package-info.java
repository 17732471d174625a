/**
 * Pixels to colours of a small palette and back (section 3.1 of the paper: 512 colours by k-means over RGB).
 * Mathematics only: no Spring, no SQL.
 */
@NullMarked
package igpt.palette;

import org.jspecify.annotations.NullMarked;
