package igpt.launch;

import igpt.runtime.ThisProcess;
import igpt.schema.artifact.RuntimeSettings;
import igpt.schema.run.RunRuntimes;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Settles what decides how a run's sums are rounded: as its first attempt had it, the run that {@code --again} repeats, or the
 * run that launches it, which may have begun on a machine with more cores than this process has.
 *
 * @param parent the settings of the run that launches it; null where a user does
 */
record RuntimeSettler(RunStore store, RunRuntimes runtimes, @Nullable RuntimeSettings parent, Consumer<String> say) {

    /** What the run would compute with; nothing is stored. */
    RuntimeSettings find(JobDefinition job, StoredParameters wanted, long run) {
        var now = now(wanted);
        var kept = runtimes.of(run);
        if (kept.isPresent()) {
            kept.get().check(now, run);
            return kept.get();
        }
        return repeated(job, wanted)
                .flatMap(runtimes::of)
                .filter(settings -> settings.flags().equals(now.flags())
                        && settings.tensorflow().equals(now.tensorflow())
                        && settings.processor().equals(now.processor()))
                .orElse(now);
    }

    /** The same, kept for every later attempt. The caller has the run's lock. */
    RuntimeSettings settle(JobDefinition job, StoredParameters wanted, long run) {
        var settings = find(job, wanted, run);
        if (runtimes.of(run).isEmpty()) {
            runtimes.add(run, settings);
            repeated(job, wanted)
                    .map(runtimes::microBatch)
                    .ifPresent(images -> images.ifPresent(number -> runtimes.setMicroBatch(run, number)));
        } else if (!settings.processor().equals(now(wanted).processor())) {
            say.accept("run %d began on another processor (%s), which may round differently from this one"
                    .formatted(run, settings.processor()));
        }
        return settings;
    }

    private RuntimeSettings now(StoredParameters wanted) {
        if (parent != null) return parent;
        var settings = ThisProcess.settings(Build.ofThisProgram().tensorflow());
        var parameters = wanted.parameters();
        if (!parameters.has("batch")) return settings;
        int part = Integer.parseInt(parameters.get("micro_batch"));
        return settings.toTrain(part > 0 ? part : Integer.parseInt(parameters.get("batch")));
    }

    /** The run that this one repeats, if it was asked for with {@code --again}. */
    private Optional<Long> repeated(JobDefinition job, StoredParameters wanted) {
        if (wanted.again() == 0) return Optional.empty();
        return store.find(job.name(), wanted.again(wanted.again() - 1).toSpring())
                .map(instance -> instance.getInstanceId());
    }
}
