package igpt.schema;

import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** Failures that a user or their machine can put right, in one line. */
public final class Failures {

    /** Of a connection that the pool has given up, since a statement before has found it broken. */
    private static final String POOL_CLOSED = "Connection is closed";

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
        }
        return disconnection(failure).map(lost -> new UserException(words(lost), failure));
    }

    private static String words(SQLException lost) {
        var who = lost instanceof PSQLException ? "PostgreSQL" : "the database";
        return (isEnded(lost) ? who + " has ended the connection: " : "no connection to " + who + ": ")
                + firstLine(lost);
    }

    /** The failure of a connection that this came of; empty if it came of something else. */
    public static Optional<SQLException> disconnection(@Nullable Throwable failure) {
        Optional<SQLException> found = Optional.empty();
        for (@Nullable Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof SQLException sql && isOfConnection(sql)) {
                found = Optional.of(sql); // the last knows the reason, those before it are the pool's
            }
        }
        return found;
    }

    /** The server is not there, not yet or no more, or has ended the session: another connection may fare better. */
    public static boolean isOfConnection(SQLException failure) {
        return failure instanceof SQLTransientConnectionException
                || String.valueOf(failure.getSQLState()).startsWith("08")
                || isEnded(failure)
                || POOL_CLOSED.equals(failure.getMessage());
    }

    private static boolean isEnded(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith("57P0");
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
