package igpt.schema.query;

import igpt.schema.Failures;
import igpt.schema.UserException;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Parser;

/**
 * A question in the user's own SQL. That it cannot hurt anybody is the doing of the connection that it is given; here are
 * the limits of what it may take, and the clear lines.
 */
public final class Query {

    private static final Set<String> ASKING = Set.of("select", "with", "values", "table");

    private static final String CANCELLED = "57014"; // of both databases

    private static final Set<String> NO_ROOM = Set.of("90108", "53200", "54000"); // H2's, PostgreSQL's

    /** Rows that PostgreSQL's driver fetches at a time. */
    private static final int FETCH = 1_000;

    /** Until a query that was told to end is left alone: some functions look at no clock. */
    private static final int GRACE_SECONDS = 2;

    /** So that an expression in a thousand brackets is read, or refused, and does not end the program. */
    private static final long STACK_BYTES = 16L << 20;

    /** Makes a connection on which nothing can be written, for the query alone. */
    public interface Opener {
        Connection open() throws SQLException;
    }

    private Query() {}

    /**
     * In a thread of its own.
     *
     * @throws UserException if the query is wrong, or takes too much
     */
    public static QueryResult run(String sql, QueryLimits limits, Opener opener) {
        var word = firstWord(sql);
        if (word.isEmpty()) {
            throw new UserException("the query is empty: give a select, as \"select * from run_history\"");
        }
        if (!ASKING.contains(word.toLowerCase(Locale.ROOT))) {
            throw onlySelect(word);
        }
        var answer = new CompletableFuture<QueryResult>();
        var thread = new Thread(null, () -> answer(sql, limits, opener, answer), "query", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(limits.time().plusSeconds(GRACE_SECONDS).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            thread.interrupt();
            throw tooSlow(limits, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserException("the query was interrupted", interrupted);
        } catch (ExecutionException failure) {
            throw explained(failure.getCause() == null ? failure : failure.getCause(), limits);
        }
    }

    private static void answer(String sql, QueryLimits limits, Opener opener, CompletableFuture<QueryResult> answer) {
        try (var connection = opener.open()) {
            connection.setAutoCommit(false);
            try {
                answer.complete(answer(connection, sql, limits));
            } finally {
                connection.rollback();
            }
        } catch (Throwable failure) { // an OutOfMemoryError too, which takes what it had with it
            answer.completeExceptionally(failure);
        }
    }

    private static QueryResult answer(Connection connection, String sql, QueryLimits limits) throws SQLException {
        checkOne(sql);
        try (var statement = connection.prepareStatement(sql)) {
            limit(statement, limits);
            if (!statement.execute()) {
                throw onlySelect("that");
            }
            try (var rows = statement.getResultSet()) {
                return read(rows, limits.rows());
            }
        }
    }

    private static void limit(PreparedStatement statement, QueryLimits limits) throws SQLException {
        statement.setFetchSize(FETCH);
        statement.setMaxRows(limits.rows() < Integer.MAX_VALUE ? limits.rows() + 1 : 0);
        statement.setQueryTimeout((int) Math.max(1, limits.time().toSeconds()));
    }

    /** PostgreSQL's driver would run several one by one, and the first could end the transaction; H2 the first alone. */
    public static void checkOne(String sql) throws SQLException {
        if (Parser.parseJdbcSql(sql, true, true, true, false, false).size() > 1) {
            throw new UserException("the query has several statements: give one");
        }
    }

    private static QueryResult read(ResultSet rows, int most) throws SQLException {
        var meta = rows.getMetaData();
        var columns = new ArrayList<String>();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            columns.add(meta.getColumnLabel(column).toLowerCase(Locale.ROOT));
        }
        var values = new ArrayList<List<@Nullable Object>>();
        while (rows.next()) {
            if (values.size() == most) {
                return new QueryResult(columns, values, true);
            }
            var row = new ArrayList<@Nullable Object>(columns.size());
            for (int column = 1; column <= columns.size(); column++) {
                row.add(value(rows, column));
            }
            values.add(row);
        }
        return new QueryResult(columns, values, false);
    }

    /** The same types from both databases. */
    private static @Nullable Object value(ResultSet rows, int column) throws SQLException {
        var value = rows.getObject(column);
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof Timestamp) {
            return rows.getMetaData().getColumnTypeName(column).equals("timestamptz")
                    ? rows.getObject(column, OffsetDateTime.class).toInstant()
                    : rows.getObject(column, LocalDateTime.class);
        }
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof String) {
            return value;
        }
        return value instanceof Clob ? rows.getString(column) : value.toString();
    }

    private static UserException explained(Throwable failure, QueryLimits limits) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError
                    || (cause instanceof SQLException sql && NO_ROOM.contains(String.valueOf(sql.getSQLState())))) {
                return new UserException(
                        "the query takes more memory than it may have: ask for fewer rows or smaller values", failure);
            }
            if (cause instanceof StackOverflowError) {
                return new UserException("the query is nested too deeply", failure);
            }
            if (cause instanceof MVStoreException store && store.getErrorCode() == DataUtils.ERROR_WRITING_FAILED) {
                return new UserException("the query would write, and may only read", failure);
            }
        }
        if (failure instanceof UserException user) {
            return user;
        }
        if (failure instanceof SQLException sql) {
            return CANCELLED.equals(sql.getSQLState())
                    ? tooSlow(limits, sql)
                    : new UserException("the query failed: " + Failures.firstLine(sql), sql);
        }
        return new UserException("the query failed: " + failure, failure);
    }

    private static UserException tooSlow(QueryLimits limits, Exception failure) {
        return new UserException(
                "the query took longer than %s s, and was given up"
                        .formatted(limits.time().toMillis() / 1000.0),
                failure);
    }

    public static UserException onlySelect(String given) {
        return new UserException("only select is allowed here, not " + given.toLowerCase(Locale.ROOT));
    }

    /** After blanks, brackets and comments; empty if there is none. */
    private static String firstWord(String sql) {
        int at = 0;
        while (at < sql.length()) {
            if (sql.startsWith("--", at)) {
                at = after(sql, "\n", at);
            } else if (sql.startsWith("/*", at)) {
                at = after(sql, "*/", at + 2);
            } else if (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == '(') {
                at++;
            } else {
                break;
            }
        }
        int end = at;
        while (end < sql.length() && Character.isLetterOrDigit(sql.charAt(end))) {
            end++;
        }
        return end == at && at < sql.length() ? sql.substring(at, at + 1) : sql.substring(at, end);
    }

    private static int after(String sql, String mark, int from) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }
}
