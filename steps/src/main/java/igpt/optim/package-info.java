/** Optimisers and the linear classifier fitted with them. Mathematics only: no Spring, no SQL, no files. */
@NullMarked
package igpt.optim;

import org.jspecify.annotations.NullMarked;
