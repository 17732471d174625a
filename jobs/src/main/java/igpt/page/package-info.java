/** The page of runs: its server, who may ask it, and what its parts share. What it shows is in {@code igpt.page.view}. */
@NullMarked
package igpt.page;

import org.jspecify.annotations.NullMarked;
