package igpt.page.api;

import igpt.schema.UserException;
import java.util.Map;

/** What is wrong with each parameter, by its name. */
final class FieldErrors extends UserException {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> errors;

    FieldErrors(Map<String, String> errors) {
        super(String.join("; ", errors.values()));
        this.errors = errors;
    }

    Map<String, String> errors() {
        return errors;
    }
}
