/** A model becomes a classifier. */
@NullMarked
package igpt.finetune;

import org.jspecify.annotations.NullMarked;
