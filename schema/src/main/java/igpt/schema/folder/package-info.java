/** The files of runs: what is rebuilt from them, missing from them, or deleted. */
@NullMarked
package igpt.schema.folder;

import org.jspecify.annotations.NullMarked;
