package igpt.page.api;

import igpt.config.ParameterSpec;
import igpt.config.Preset;
import igpt.config.Project;
import igpt.launch.JobCatalogue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be launched. */
@RestController
@RequestMapping("/api/v1/jobs")
final class JobsApi {
    private final JobCatalogue catalogue;
    private final Project project;

    JobsApi(JobCatalogue catalogue, Project project) {
        this.catalogue = catalogue;
        this.project = project;
    }

    record JobSummary(String name, String summary, List<String> presets) {}

    /** @param variants which parameters there are by the value of one that they hang on, {@code of=finetune} */
    record JobView(
            String name,
            String summary,
            List<StepSummary> steps,
            List<ParameterView> parameters,
            Map<String, List<String>> variants,
            List<PresetView> presets) {}

    record StepSummary(String name, String summary) {}

    record PresetView(String name, String description, Map<String, String> parameters) {}

    /**
     * @param type text, integer, number, boolean or choice
     * @param defaultValue null where there is none
     * @param min smallest value; null: any
     * @param choices of a choice, all values; of a text, words that mean something
     * @param allowed the same in words
     * @param path whether it names a file or folder
     * @param identifying whether another value is another run
     */
    record ParameterView(
            String name,
            String type,
            @Nullable Object defaultValue,
            @Nullable Double min,
            @Nullable Double max,
            List<String> choices,
            String allowed,
            String help,
            boolean path,
            boolean identifying) {

        static ParameterView of(ParameterSpec spec) {
            var standard = spec.defaultValue();
            return new ParameterView(
                    spec.name(),
                    typeOf(spec.type()),
                    standard.isEmpty() ? null : RunViews.typed(spec.type(), standard),
                    finite(spec.min()),
                    finite(spec.max()),
                    choicesOf(spec),
                    spec.allowed(),
                    spec.help(),
                    spec.path(),
                    spec.identifying());
        }

        private static String typeOf(Class<?> type) {
            if (type == int.class || type == long.class) {
                return "integer";
            }
            if (type == double.class) {
                return "number";
            }
            if (type == boolean.class) {
                return "boolean";
            }
            return type.isEnum() ? "choice" : "text";
        }

        private static List<String> choicesOf(ParameterSpec spec) {
            var constants = spec.type().getEnumConstants();
            return constants == null
                    ? spec.words()
                    : Arrays.stream(constants)
                            .map(one -> ((Enum<?>) one).name().toLowerCase(Locale.ROOT))
                            .toList();
        }

        private static @Nullable Double finite(double bound) {
            return Double.isFinite(bound) ? (Double) bound : null;
        }
    }

    @GetMapping
    @Says("The jobs.")
    List<JobSummary> jobs() {
        return catalogue.jobs().stream()
                .map(job -> new JobSummary(
                        job.name(),
                        job.summary(),
                        project.config().presetsOf(job.name()).stream()
                                .map(Preset::name)
                                .toList()))
                .toList();
    }

    @GetMapping("/{name:\\w{1,50}}")
    @Says("A job: its steps, its presets, and its parameters with their types, ranges and defaults.")
    JobView job(@PathVariable("name") String name) {
        var job = catalogue.named(name);
        var variants = new LinkedHashMap<String, List<String>>();
        job.parameters().variants().forEach((choice, specs) -> {
            if (!choice.isEmpty()) {
                variants.put(choice, specs.stream().map(ParameterSpec::name).toList());
            }
        });
        return new JobView(
                job.name(),
                job.summary(),
                job.steps().stream()
                        .map(step -> new StepSummary(step.name(), step.summary()))
                        .toList(),
                job.parameters().specs().stream().map(ParameterView::of).toList(),
                variants,
                project.config().presetsOf(job.name()).stream()
                        .map(preset -> new PresetView(preset.name(), preset.description(), preset.parameters()))
                        .toList());
    }
}
