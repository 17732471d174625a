/** Official archives from where they are published. */
@NullMarked
package igpt.fetch;

import org.jspecify.annotations.NullMarked;
