/** What becomes of Ctrl-C and the like while a run is under way. */
@NullMarked
package igpt.cli.signal;

import org.jspecify.annotations.NullMarked;
