/** What a browser shows of runs: a controller a view, and what its template in {@code src/main/jte/view} is given. */
@NullMarked
package igpt.page.view;

import org.jspecify.annotations.NullMarked;
