@NullMarked
package igpt.jobs;

import org.jspecify.annotations.NullMarked;
