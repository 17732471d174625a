package igpt.schema;

/** What was given has to change: the same run, resumed, would end in the same way. */
public class InputException extends UserException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }
}
