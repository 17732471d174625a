package igpt.page.api;

import igpt.schema.run.ChildRun;
import igpt.schema.run.StepProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All about a run.
 *
 * @param newest its newest attempt
 * @param results what its artifacts tell of themselves: a table by name, an object a row
 * @param lineage what was made from what, of its artifacts and all that they were made from
 */
record RunView(
        long run,
        String job,
        String status,
        String folder,
        RunSummary newest,
        List<RunSummary> attempts,
        List<StepView> steps,
        List<StepProgress> progress,
        List<ChildRun> children,
        List<ParameterValue> parameters,
        List<ArtifactView> artifacts,
        Map<String, List<Map<String, @Nullable Object>>> results,
        LineageView lineage) {

    record StepView(
            int attempt,
            String step,
            String status,
            @Nullable String progress,
            Instant started,
            @Nullable Instant ended,
            double seconds,
            long commits,
            @Nullable String exitMessage) {}

    /** @param value a number, a boolean or a text */
    record ParameterValue(String name, Object value, boolean identifying) {}

    record LineageView(List<ArtifactView> artifacts, List<Edge> edges) {}

    /** One artifact was made from the other. */
    record Edge(long input, long made) {}
}
