package igpt.batch;

import igpt.recipe.RunContext;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.batch.core.step.ThreadStepInterruptionPolicy;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Has every step look for the user's stop request before and after each commit. Asked, it cannot miss one that comes
 * between two steps, as one told by another thread can.
 */
record StopBetweenCalls(RunContext run) implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof TaskletStep step) {
            StepInterruptionPolicy usual = new ThreadStepInterruptionPolicy();
            step.setInterruptionPolicy(execution -> {
                usual.checkInterrupted(execution);
                run.checkStop();
            });
        }
        return bean;
    }
}
