package igpt.launch;

import igpt.config.ParameterSchema;
import igpt.schema.artifact.Artifact.Kind;
import java.util.List;

/**
 * What can be said of a job without starting anything. The job itself is the bean of the same name.
 *
 * @param summary one line
 * @param steps in order; the names are those of the step beans
 * @param inputs finds what the job depends on apart from its parameters
 * @param makes the artifacts it leaves, in order
 */
public record JobDescription(
        String name,
        String summary,
        List<Step> steps,
        ParameterSchema parameters,
        InputFinder inputs,
        List<Kind> makes) {

    public record Step(String name, String summary) {}
}
