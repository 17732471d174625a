package igpt.recipe;

import igpt.schema.UserException;

/** A run that this one launched has failed. The message says which and why; the cause is that run's own exception. */
public final class ChildFailedException extends UserException {
    private static final long serialVersionUID = 1L;

    private final long run;

    public ChildFailedException(long run, String message, Throwable cause) {
        super(message, cause);
        this.run = run;
    }

    /** Its number. */
    public long run() {
        return run;
    }

    public boolean diverged() {
        return getCause() instanceof DivergedException;
    }
}
