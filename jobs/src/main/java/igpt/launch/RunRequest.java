package igpt.launch;

import igpt.config.ParameterSet;
import igpt.config.Project;
import igpt.config.UsageException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for.
 *
 * @param again whether to do again what is complete
 */
public record RunRequest(JobDefinition job, ParameterSet parameters, boolean again) {

    /**
     * In a user's own words.
     *
     * @param preset null: none
     * @param given parameters by name, which win over the preset's
     * @throws UsageException if there is no such job, preset or parameter, or a value is not allowed
     */
    public static RunRequest of(
            JobCatalogue catalogue,
            Project project,
            String job,
            @Nullable String preset,
            Map<String, String> given,
            boolean again) {
        var definition = catalogue.named(job);
        catalogue.checkNames(definition, given.keySet());
        var parameters =
                definition.parameters().resolve(preset == null ? Map.of() : preset(project, job, preset), given);
        return new RunRequest(definition, parameters, again);
    }

    private static Map<String, String> preset(Project project, String job, String name) {
        var preset = project.config().preset(name);
        if (!preset.job().equals(job)) {
            throw new UsageException(
                    "preset '%s' is of job %s: igpt run %2$s preset=%1$s".formatted(name, preset.job()));
        }
        return preset.parameters();
    }
}
