/** What every package of the database shares. */
@NullMarked
package igpt.schema;

import org.jspecify.annotations.NullMarked;
