/** Images to be looked at: enlarged, side by side on a sheet, as PNG files. */
@NullMarked
package igpt.picture;

import org.jspecify.annotations.NullMarked;
