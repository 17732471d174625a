package igpt.recipe;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * A step that launches runs. A call can take days, so no transaction is open around it, unlike in Spring Batch's own
 * tasklet step. A call commits what it writes, and after a kill the next one finds what is complete.
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

    /** Replaces the tasklet. */
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
            step.incrementCommitCount();
            getJobRepository().update(step);
        } while (status != null && status.isContinuable());
        run.checkStop();
    }
}
