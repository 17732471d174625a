package igpt.steps.run;

import igpt.schema.UserException;

/** The loss of a training is no finite number any more: its learning rate is too large. */
public final class DivergedException extends UserException {
    private static final long serialVersionUID = 1L;

    public DivergedException(long iteration, double learningRate) {
        super("the loss is not a finite number at iteration %d; give a smaller learning_rate than %s"
                .formatted(iteration, learningRate));
    }
}
