package igpt.schema;

import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Failures that a user or their machine can put right, in one line. */
public final class Failures {

    private Failures() {}

    public static Optional<UserException> explain(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof UserException user) {
                return Optional.of(user);
            }
            var message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            var state = cause instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
            if (message.contains("no space left on device")
                    || message.contains("disk quota")
                    || state.equals("53100")) {
                return line("the disk is full: make room, then `igpt resume`", failure);
            }
            if (message.contains("read-only file system") || cause instanceof AccessDeniedException) {
                return line("cannot write: " + firstLine(cause), failure);
            }
            if (cause instanceof SQLException sql && isOfConnection(sql)) {
                return line("no connection to the database: " + firstLine(cause), failure);
            }
        }
        return Optional.empty();
    }

    /** The server is not there, not yet or no more, or has ended the session: another connection may fare better. */
    public static boolean isOfConnection(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return failure instanceof SQLTransientConnectionException || state.startsWith("08") || state.startsWith("57P0");
    }

    /** The database's own words, without the statement that H2 and the position that PostgreSQL add. */
    public static String firstLine(Throwable failure) {
        var message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return message.replaceFirst("; SQL statement:$", "").replaceFirst("^(ERROR|FATAL): +", "");
    }

    private static Optional<UserException> line(String message, Throwable failure) {
        return Optional.of(new UserException(message, failure));
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }
}
