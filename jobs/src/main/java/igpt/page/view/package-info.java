/** What a browser shows of runs: a controller a view, what its template is given, and nothing that is computed elsewhere. */
@NullMarked
package igpt.page.view;

import org.jspecify.annotations.NullMarked;
