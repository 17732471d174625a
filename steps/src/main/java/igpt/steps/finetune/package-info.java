/** A model becomes a classifier. */
@NullMarked
package igpt.steps.finetune;

import org.jspecify.annotations.NullMarked;
