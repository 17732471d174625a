/** What the terminal shows: progress, tables, printable text. */
@NullMarked
package igpt.console;

import org.jspecify.annotations.NullMarked;
