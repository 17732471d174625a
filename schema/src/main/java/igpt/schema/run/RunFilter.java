package igpt.schema.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; null means all.
 *
 * @param status of the newest attempt, KILLED included
 * @param since when that attempt began, or later
 * @param limit most runs to list
 * @param name a part of the name of what they made
 * @param text a part of one of their parameters, {@code name=value}
 * @param before only runs with smaller numbers: the next page
 */
public record RunFilter(
        @Nullable String job,
        @Nullable String status,
        @Nullable Instant since,
        int limit,
        @Nullable String name,
        @Nullable String text,
        @Nullable Long before) {

    public RunFilter(@Nullable String job, @Nullable String status, @Nullable Instant since, int limit) {
        this(job, status, since, limit, null, null, null);
    }

    public static final RunFilter ALL = new RunFilter(null, null, null, Integer.MAX_VALUE);

    boolean takes(Run run) {
        return (job == null || job.equals(run.job()))
                && (status == null || status.equalsIgnoreCase(run.status()))
                && (since == null || !run.started().isBefore(since));
    }
}
