/** What the subsets of labels gave, in a table. */
@NullMarked
package igpt.steps.summary;

import org.jspecify.annotations.NullMarked;
