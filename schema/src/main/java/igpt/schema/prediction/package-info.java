/** What models make of new images: rows and their SQL. */
@NullMarked
package igpt.schema.prediction;

import org.jspecify.annotations.NullMarked;
