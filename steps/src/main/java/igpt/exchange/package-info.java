/** Models that others have trained become ours, and ours theirs. */
@NullMarked
package igpt.exchange;

import org.jspecify.annotations.NullMarked;
