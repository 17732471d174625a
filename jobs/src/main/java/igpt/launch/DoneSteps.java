package igpt.launch;

import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.run.PastRuns;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Steps of a run with nothing left to do: it has completed them, in whichever attempt, or what they make is there.
 *
 * @param words by the step's name, how that is known: {@code COMPLETED}, or {@code done by run 3}
 */
record DoneSteps(Map<String, String> words) {

    /**
     * @param made by this run or others
     * @param run its number; 0 for a new one
     */
    static DoneSteps of(JobDefinition job, Map<Kind, Artifact> made, long run, JdbcClient jdbc) {
        var known = new HashMap<String, String>();
        new PastRuns(jdbc).completedSteps(run).forEach(step -> known.put(step, "COMPLETED"));
        for (var recipe : job.makes()) {
            var artifact = made.get(recipe.kind());
            if (artifact == null) {
                continue;
            }
            var how = artifact.run() == run ? "COMPLETED" : "done by run " + artifact.run();
            recipe.steps().forEach(step -> known.putIfAbsent(step.name(), how));
        }
        var words = new LinkedHashMap<String, String>();
        for (var step : job.steps()) {
            var how = known.get(step.name());
            if (how != null) {
                words.put(step.name(), how);
            }
        }
        return new DoneSteps(words);
    }

    Set<String> names() {
        return words.keySet();
    }
}
