/** Images become a dataset of tokens. */
@NullMarked
package igpt.prepare;

import org.jspecify.annotations.NullMarked;
