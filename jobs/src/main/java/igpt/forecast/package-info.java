/** What a run will take, told before it begins. */
@NullMarked
package igpt.forecast;

import org.jspecify.annotations.NullMarked;
