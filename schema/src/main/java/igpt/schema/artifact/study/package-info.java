/** What several trainings or fits add up to: rates tried, accuracies with few labels. */
@NullMarked
package igpt.schema.artifact.study;

import org.jspecify.annotations.NullMarked;
