/** Where images come from, and how each becomes a small square of pixels. */
@NullMarked
package igpt.image;

import org.jspecify.annotations.NullMarked;
