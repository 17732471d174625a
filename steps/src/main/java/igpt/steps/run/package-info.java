/** What every step may ask of the run it belongs to. */
@NullMarked
package igpt.steps.run;

import org.jspecify.annotations.NullMarked;
