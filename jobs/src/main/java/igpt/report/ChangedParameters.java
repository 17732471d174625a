package igpt.report;

import igpt.config.UsageException;
import igpt.launch.JobCatalogue;
import igpt.schema.run.Parameter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a run that are not what they would be if nobody had given them. */
public final class ChangedParameters {
    private ChangedParameters() {}

    /** @param byDefault null of a parameter that the job does not have any more */
    public record Changed(String name, String value, @Nullable String byDefault) {}

    /** What stands under {@code input.} is what parameters stood for, and none itself. */
    public static List<Changed> of(JobCatalogue catalogue, String job, List<Parameter> parameters) {
        var given = parameters.stream()
                .filter(parameter -> !parameter.name().startsWith("input."))
                .toList();
        var defaults =
                defaults(catalogue, job, given.stream().collect(Collectors.toMap(Parameter::name, Parameter::value)));
        return given.stream()
                .filter(parameter -> !parameter.value().equals(defaults.get(parameter.name())))
                .map(parameter -> new Changed(parameter.name(), parameter.value(), defaults.get(parameter.name())))
                .toList();
    }

    private static Map<String, String> defaults(JobCatalogue catalogue, String job, Map<String, String> given) {
        try {
            return catalogue.named(job).parameters().defaults(given);
        } catch (UsageException e) { // another version's job, or value
            return Map.of();
        }
    }
}
