/** Jobs that count, fail and wait, to try the command line and restart on. */
@NullMarked
package igpt.testjobs;

import org.jspecify.annotations.NullMarked;
