/**
 * The one loop behind every training, from commit point to commit point: it resumes, saves and stops. A stage's {@link
 * igpt.training.TrainingTask} says what is trained, on what, and until when. The mathematics is in {@code igpt.train}.
 */
@NullMarked
package igpt.training;

import org.jspecify.annotations.NullMarked;
