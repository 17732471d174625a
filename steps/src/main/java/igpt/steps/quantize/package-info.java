/** Pixels become colours: the tokens. */
@NullMarked
package igpt.steps.quantize;

import org.jspecify.annotations.NullMarked;
