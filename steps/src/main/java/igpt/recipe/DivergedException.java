package igpt.recipe;

import igpt.schema.InputException;

/** The learning rate is too large: the loss is no longer finite, or ends above that of guessing. */
public final class DivergedException extends InputException {
    private static final long serialVersionUID = 1L;

    public DivergedException(long iteration, double learningRate) {
        super("the loss is not a finite number at iteration %d; give a smaller learning_rate than %s"
                .formatted(iteration, learningRate));
    }

    private DivergedException(String message) {
        super(message);
    }

    /**
     * @param nats a pixel at the end
     * @param colours of the palette
     */
    public static DivergedException aboveGuessing(double nats, int colours, double learningRate) {
        return new DivergedException(
                "the training diverged: its loss ends at %.4f nats a pixel, above the %.4f of taking all %d colours for equally likely; give a smaller learning_rate than %s"
                        .formatted(nats, Math.log(colours), colours, learningRate));
    }
}
