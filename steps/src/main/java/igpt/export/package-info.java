/** A model leaves the runs: a folder with all that is needed to use it. */
@NullMarked
package igpt.export;

import org.jspecify.annotations.NullMarked;
