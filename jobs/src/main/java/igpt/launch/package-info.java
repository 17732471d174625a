/** Starts, stops and resumes runs, and the runs that those launch. */
@NullMarked
package igpt.launch;

import org.jspecify.annotations.NullMarked;
