package igpt.schema.run;

import igpt.schema.artifact.Artifact;
import java.util.List;

/**
 * All about one run.
 *
 * @param attempts by number; the last is the newest
 * @param steps of all attempts, in the order in which they began
 * @param children the runs that it launched, in the order of their numbers
 * @param parameters of the newest attempt, by name
 * @param artifacts that it worked on, oldest first
 */
public record RunDetails(
        List<Run> attempts,
        List<StepRun> steps,
        List<ChildRun> children,
        List<Parameter> parameters,
        List<Artifact> artifacts) {

    public Run newest() {
        return attempts.get(attempts.size() - 1);
    }
}
