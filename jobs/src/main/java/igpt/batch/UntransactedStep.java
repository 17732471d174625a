package igpt.batch;

import igpt.recipe.LaunchingStep;
import igpt.recipe.RunContext;
import igpt.recipe.StepResource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Of a {@link LaunchingStep}: unlike in Spring Batch's own tasklet step, no transaction is open around a call. */
public final class UntransactedStep extends AbstractStep {
    private final RunContext run;
    private Tasklet tasklet;

    UntransactedStep(String name, JobRepository repository, RunContext run, LaunchingStep work) {
        super(repository);
        setName(name);
        StepResource.of(work).forEach(this::registerStepExecutionListener);
        setAllowStartIfComplete(work.mends());
        this.run = run;
        this.tasklet = work;
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
