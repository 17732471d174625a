/** The paper's other experiments, each a few runs of other jobs. */
@NullMarked
package igpt.steps.study;

import org.jspecify.annotations.NullMarked;
