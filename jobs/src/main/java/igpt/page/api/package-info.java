/** Runs for programs: the same as the page shows, as JSON under {@code /api/v1}; health and metrics. */
@NullMarked
package igpt.page.api;

import org.jspecify.annotations.NullMarked;
