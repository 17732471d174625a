/**
 * The one loop that every training goes through, from commit point to commit point: it resumes, saves, and stops. What is
 * trained, on what, and until when, a stage tells it. The mathematics is in {@code igpt.train}.
 */
@NullMarked
package igpt.training;

import org.jspecify.annotations.NullMarked;
