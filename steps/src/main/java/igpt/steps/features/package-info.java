/** What the model sees: activations at every layer. */
@NullMarked
package igpt.steps.features;

import org.jspecify.annotations.NullMarked;
