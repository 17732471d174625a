/** SELECT statements of the user's, which can hurt no run. */
@NullMarked
package igpt.schema.query;

import org.jspecify.annotations.NullMarked;
