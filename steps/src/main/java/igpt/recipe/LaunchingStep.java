package igpt.recipe;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * A step that launches runs. Its calls take days, so there is no transaction around them, as there is in Spring Batch's
 * own tasklet step: a call commits what it writes, and one that is made again after a kill finds what is complete.
 */
public final class LaunchingStep extends AbstractStep {
    private final RunContext run;
    private Tasklet tasklet;

    public LaunchingStep(String name, JobRepository repository, RunContext run, Tasklet tasklet) {
        super(repository);
        setName(name);
        this.run = run;
        this.tasklet = tasklet;
    }

    public Tasklet tasklet() {
        return tasklet;
    }

    /** Does its work with this one instead. */
    public void tasklet(Tasklet other) {
        tasklet = other;
    }

    @Override
    protected void doExecute(StepExecution step) throws Exception {
        var chunk = new ChunkContext(new StepContext(step));
        RepeatStatus status;
        do {
            run.checkStop();
            var contribution = step.createStepContribution();
            status = tasklet.execute(contribution, chunk);
            step.apply(contribution);
            getJobRepository().update(step);
        } while (status != null && status.isContinuable());
        run.checkStop();
    }
}
