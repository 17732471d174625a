package igpt.config;

import igpt.schema.UserException;

/** The user asked for something that cannot be; found before anything started. The command line exits with 2. */
public final class UsageException extends UserException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }

    public static UsageException noRun(long number) {
        return new UsageException("there is no run " + number + ": ./igpt runs lists them");
    }
}
