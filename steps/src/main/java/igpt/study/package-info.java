/** The paper's experiments: sweeps, milestones, BERT, fine-tuning, few labels. */
@NullMarked
package igpt.study;

import org.jspecify.annotations.NullMarked;
