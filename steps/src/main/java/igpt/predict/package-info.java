/** A model that is there is shown new images: features, classes, and what others need to do the same. */
@NullMarked
package igpt.predict;

import org.jspecify.annotations.NullMarked;
