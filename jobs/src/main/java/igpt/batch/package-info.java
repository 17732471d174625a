/** A run as Spring Batch has it: its rows, parameters and transactions, and the context that its steps are made in. */
@NullMarked
package igpt.batch;

import org.jspecify.annotations.NullMarked;
