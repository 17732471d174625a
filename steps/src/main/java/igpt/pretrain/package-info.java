/** A dataset becomes a model. */
@NullMarked
package igpt.pretrain;

import org.jspecify.annotations.NullMarked;
