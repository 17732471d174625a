package igpt.jobs;

import igpt.config.ParameterSchema;
import java.util.List;

/**
 * What can be said of a job without starting anything. The job itself is the bean of the same name.
 *
 * @param summary one line
 * @param steps in order; the names are those of the step beans
 * @param inputs finds what the job depends on beside its parameters
 */
public record JobDescription(
        String name, String summary, List<Step> steps, ParameterSchema parameters, InputFinder inputs) {

    public record Step(String name, String summary) {}
}
