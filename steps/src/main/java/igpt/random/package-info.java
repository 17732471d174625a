/** Random numbers without a state: each follows from a seed and what it is for. */
@NullMarked
package igpt.random;

import org.jspecify.annotations.NullMarked;
