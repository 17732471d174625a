/** Runs, their attempts and steps, as they are asked for. */
@NullMarked
package igpt.schema.run;

import org.jspecify.annotations.NullMarked;
