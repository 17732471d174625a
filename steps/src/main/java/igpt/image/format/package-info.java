/** Finds the format of what the user names. */
@NullMarked
package igpt.image.format;

import org.jspecify.annotations.NullMarked;
