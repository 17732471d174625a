package igpt.recipe;

import org.springframework.batch.core.step.tasklet.Tasklet;

/**
 * A step of a run: each call works up to the next commit point. A stage's steps are Spring components, and a class says in a
 * {@link StepDescription} what its step is called. What a step opens at one call and needs at the next is a
 * {@link StepResource}, a component of the step's record, which it is given like everything else.
 */
public interface RunStep extends Tasklet {
    /** Whether a resumed run calls it again after it has completed, to make damaged files again. */
    default boolean mends() {
        return false;
    }
}
