/** Classifiers of few labels. */
@NullMarked
package igpt.steps.subsets;

import org.jspecify.annotations.NullMarked;
