package igpt.batch;

import igpt.recipe.LaunchingStep;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepResource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.batch.core.step.ThreadStepInterruptionPolicy;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.transaction.PlatformTransactionManager;

/** Makes Spring Batch's steps of those of a stage. */
record StepFactory(JobRepository repository, PlatformTransactionManager transactions, RunContext run) {

    Step make(String name, RunStep work) {
        AbstractStep step = work instanceof LaunchingStep launching
                ? new UntransactedStep(name, repository, run, launching)
                : transacted(name, work);
        step.setObservationRegistry(Observations.registry());
        return step;
    }

    private TaskletStep transacted(String name, RunStep work) {
        var builder = new StepBuilder(name, repository);
        StepResource.of(work).forEach(builder::listener);
        var step = builder.tasklet(work, transactions)
                .allowStartIfComplete(work.mends())
                .build();
        step.setInterruptionPolicy(stopBetweenCalls());
        return step;
    }

    /**
     * Has the step look for the user's stop request before and after each commit. Asked, it cannot miss one that comes
     * between two steps, as one told by another thread can.
     */
    private StepInterruptionPolicy stopBetweenCalls() {
        var usual = new ThreadStepInterruptionPolicy();
        return execution -> {
            usual.checkInterrupted(execution);
            run.checkStop();
        };
    }
}
