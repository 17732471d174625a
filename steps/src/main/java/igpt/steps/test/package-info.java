/** The classifiers, tested once. */
@NullMarked
package igpt.steps.test;

import org.jspecify.annotations.NullMarked;
