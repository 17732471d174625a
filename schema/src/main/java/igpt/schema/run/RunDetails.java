package igpt.schema.run;

import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Checkpoint;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Probe;
import igpt.schema.dataset.Finding;
import igpt.schema.dataset.SkippedImage;
import java.util.List;

/**
 * All about one run.
 *
 * @param attempts by number; the last is the newest
 * @param steps of all attempts, in the order in which they began
 * @param children the runs that it launched, in the order of their numbers
 * @param parameters of the newest attempt, by name
 * @param artifacts that it worked on, oldest first
 * @param findings of its datasets
 * @param skipped images of its datasets that could not be read, by name
 * @param checkpoints of its models, by iteration
 * @param metrics the newest of each series of its artifacts
 * @param probes of its probe artifacts
 */
public record RunDetails(
        List<Run> attempts,
        List<StepRun> steps,
        List<ChildRun> children,
        List<Parameter> parameters,
        List<Artifact> artifacts,
        List<Finding> findings,
        List<SkippedImage> skipped,
        List<Checkpoint> checkpoints,
        List<Metric> metrics,
        List<Probe> probes) {

    public Run newest() {
        return attempts.get(attempts.size() - 1);
    }
}
