/** What trainings recorded, to be drawn. */
@NullMarked
package igpt.schema.curve;

import org.jspecify.annotations.NullMarked;
