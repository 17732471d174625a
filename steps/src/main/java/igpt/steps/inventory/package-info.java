/** Lists the images and splits them. */
@NullMarked
package igpt.steps.inventory;

import org.jspecify.annotations.NullMarked;
