@NullMarked
package igpt.train;

import org.jspecify.annotations.NullMarked;
