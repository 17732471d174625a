/** A linear classifier on every layer of a model. */
@NullMarked
package igpt.probe;

import org.jspecify.annotations.NullMarked;
