/** The command line. Commands that only ask never start Spring. */
@NullMarked
package igpt.cli;

import org.jspecify.annotations.NullMarked;
