/** The search for a learning rate. */
@NullMarked
package igpt.steps.sweep;

import org.jspecify.annotations.NullMarked;
