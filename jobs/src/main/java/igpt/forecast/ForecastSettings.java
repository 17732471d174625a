package igpt.forecast;

import igpt.batch.StoredParameters;
import igpt.config.ParameterSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.batch.core.job.parameters.JobParameters;

/** Which parameters a run's time depends on. */
final class ForecastSettings {
    /** Another value of these takes as long, but for the training, whose iterations are counted for themselves. */
    private static final Set<String> FREE =
            Set.of("iterations", "learning_rate", "warmup", "seed", "save_every", "keep", "mask_rate", "name");

    private ForecastSettings() {}

    /** As {@code name=value}. */
    static List<String> ofTraining(ParameterSet parameters) {
        return List.of("batch", "micro_batch", "recompute", "precision").stream()
                .map(name -> name + "=" + parameters.get(name))
                .toList();
    }

    static Map<String, String> withoutFree(StoredParameters wanted) {
        return withoutFree(wanted.toSpring());
    }

    /** Inputs too: the same run on other images is another one. */
    static Map<String, String> withoutFree(JobParameters stored) {
        var rest = new TreeMap<String, String>();
        for (var parameter : stored) {
            if (!FREE.contains(parameter.name())) {
                rest.put(parameter.name(), String.valueOf(parameter.value()));
            }
        }
        return rest;
    }
}
