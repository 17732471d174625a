package igpt.page.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of runs, the newest first.
 *
 * @param before what to ask for the next page with; null on the last
 */
record RunList(List<RunSummary> runs, @Nullable Long before) {}
