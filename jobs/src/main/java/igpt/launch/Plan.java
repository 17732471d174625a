package igpt.launch;

import igpt.batch.RunStore;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/**
 * What a launch would do.
 *
 * @param run its number; 0 if it would be a new one
 * @param last attempt, if there was one
 * @param finished what it would make, and other runs have made already
 * @param steps that it has, in order
 * @param done steps with nothing left to do
 */
public record Plan(
        long run, Optional<JobExecution> last, List<Artifact> finished, List<StepDescription> steps, DoneSteps done) {

    public boolean complete() {
        return last.filter(RunStore::isComplete).isPresent();
    }

    public String words() {
        if (run == 0) {
            return "would start a new run";
        }
        var status = last.map(JobExecution::getStatus).orElse(BatchStatus.UNKNOWN);
        return status == BatchStatus.COMPLETED
                ? "run %d is complete already: nothing would be done".formatted(run)
                : "would resume run " + run;
    }

    /** What became of a step: in an earlier attempt, in another run, or in the last attempt. */
    public String soFar(String step) {
        var known = done.words().get(step);
        if (known != null) {
            return known;
        }
        return last.stream()
                .flatMap(attempt -> attempt.getStepExecutions().stream())
                .filter(execution -> execution.getStepName().equals(step))
                .map(execution -> execution.getStatus().toString())
                .findFirst()
                .orElse("-");
    }
}
