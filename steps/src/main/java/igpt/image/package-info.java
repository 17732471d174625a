/** What a set of images is, and how it is split; where they come from is in the packages below. */
@NullMarked
package igpt.image;

import org.jspecify.annotations.NullMarked;
