package igpt.launch;

import igpt.batch.Build;
import igpt.batch.RunStore;
import igpt.batch.StoredParameters;
import igpt.runtime.ThisProcess;
import igpt.schema.run.RunRuntimes;
import igpt.schema.run.RuntimeSettings;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Settles what decides how a run's sums are rounded: as its first attempt had it, the run that {@code --again} repeats, or the
 * run that launches it, which may have begun on a machine with more cores than this process has.
 *
 * @param found what the run would compute with
 * @param now what a new run would
 * @param repeated the run that this one repeats, if it was asked for with {@code --again}
 */
record RuntimeSettler(RuntimeSettings found, RuntimeSettings now, Optional<Long> repeated) {

    /** What a new run that a user launches would compute with. */
    static RuntimeSettings ofThisProcess(StoredParameters wanted) {
        var settings = ThisProcess.settings(Build.ofThisProgram().tensorflow());
        var parameters = wanted.parameters();
        if (!parameters.has("batch")) {
            return settings;
        }
        int part = Integer.parseInt(parameters.get("micro_batch"));
        return settings.toTrain(part > 0 ? part : Integer.parseInt(parameters.get("batch")));
    }

    /**
     * Nothing is stored.
     *
     * @param run its number; 0 for a new one
     * @param now of this process, or of the run that launches it
     */
    static RuntimeSettler find(
            JobDefinition job,
            StoredParameters wanted,
            long run,
            RuntimeSettings now,
            RunStore store,
            JdbcClient jdbc) {
        var runtimes = new RunRuntimes(jdbc);
        Optional<Long> repeated = wanted.again() == 0
                ? Optional.empty()
                : store.find(job.name(), wanted.again(wanted.again() - 1).toSpring())
                        .map(instance -> instance.getInstanceId());
        var kept = runtimes.of(run);
        if (kept.isPresent()) {
            kept.get().check(now, run);
            return new RuntimeSettler(kept.get(), now, repeated);
        }
        var found = repeated.flatMap(runtimes::of)
                .filter(settings -> settings.flags().equals(now.flags())
                        && settings.tensorflow().equals(now.tensorflow())
                        && settings.processor().equals(now.processor()))
                .orElse(now);
        return new RuntimeSettler(found, now, repeated);
    }

    /** Kept for every later attempt; or as they were kept by another process meanwhile. The caller has the run's lock. */
    RuntimeSettings settle(long run, JdbcClient jdbc, Consumer<String> say) {
        var runtimes = new RunRuntimes(jdbc);
        var kept = runtimes.of(run);
        if (kept.isEmpty()) {
            runtimes.add(run, found);
            repeated.map(runtimes::microBatch)
                    .ifPresent(images -> images.ifPresent(number -> runtimes.setMicroBatch(run, number)));
            return found;
        }
        kept.get().check(now, run);
        if (!kept.get().processor().equals(now.processor())) {
            say.accept("run %d began on another processor (%s), which may round differently from this one"
                    .formatted(run, kept.get().processor()));
        }
        return kept.get();
    }
}
