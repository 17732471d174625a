package igpt.schema.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; null means all.
 *
 * @param status of the newest attempt, KILLED included
 * @param since when that attempt began, or later
 * @param limit most runs to list
 */
public record RunFilter(@Nullable String job, @Nullable String status, @Nullable Instant since, int limit) {

    public static final RunFilter ALL = new RunFilter(null, null, null, Integer.MAX_VALUE);

    boolean takes(Run run) {
        return (job == null || job.equals(run.job()))
                && (status == null || status.equalsIgnoreCase(run.status()))
                && (since == null || !run.started().isBefore(since));
    }
}
