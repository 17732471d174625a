/** What models make of images, and the images they draw: rows and their SQL. */
@NullMarked
package igpt.schema.prediction;

import org.jspecify.annotations.NullMarked;
