package igpt.schema;

/** Why a run failed, in one line. The stack trace is in its log. */
public final class Reason {
    private Reason() {}

    public static String of(Throwable failure) {
        return Failures.explain(failure).map(UserException::getMessage).orElseGet(() -> {
            var root = failure;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            var message = root.getMessage() == null
                    ? ""
                    : root.getMessage().strip().lines().findFirst().orElse("");
            var kind = root.getClass().getSimpleName();
            return message.isEmpty() ? kind : kind + ": " + message;
        });
    }
}
