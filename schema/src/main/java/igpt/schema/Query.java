package igpt.schema;

import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Parser;

/** A question in the user's own SQL. The database itself refuses to write; here are the clear lines. */
final class Query {

    private static final Set<String> ASKING = Set.of("select", "with", "values", "table", "show", "explain");

    private static final Pattern FIRST_WORD =
            Pattern.compile("^(?:\\s|\\(|--[^\\n]*\\n|/\\*.*?\\*/)*(\\w+)", Pattern.DOTALL);

    /** H2 gives out numbers to whoever may read. */
    private static final Pattern SEQUENCE =
            Pattern.compile("\\b(nextval)\\s*\\(|\\b(next\\s+value)\\s+for\\b", Pattern.CASE_INSENSITIVE);

    private Query() {}

    static QueryResult run(Database database, String sql) {
        var word = FIRST_WORD.matcher(sql);
        if (!word.find()) {
            throw new UserException("the query is empty: give a select, as \"select * from run_history\"");
        }
        if (!ASKING.contains(word.group(1).toLowerCase(Locale.ROOT))) {
            throw onlySelect(word.group(1));
        }
        if (SEQUENCE.matcher(sql).find()) {
            throw onlySelect("nextval");
        }
        try (var connection = database.readOnly()) {
            connection.setAutoCommit(false);
            try {
                return run(connection, sql);
            } finally {
                connection.rollback();
            }
        } catch (SQLException failure) {
            throw new UserException("the query failed: " + Failures.firstLine(failure), failure);
        }
    }

    private static QueryResult run(Connection connection, String sql) throws SQLException {
        if (Parser.parseJdbcSql(sql, true, true, true, false, false).size() > 1) {
            // PostgreSQL's driver would run them one by one, and the first could end the read-only transaction; H2
            // would answer the first alone.
            throw new UserException("the query has several statements: give one");
        }
        try (var statement = connection.prepareStatement(sql)) {
            if (!statement.execute()) {
                throw onlySelect("that");
            }
            try (var rows = statement.getResultSet()) {
                return read(rows);
            }
        }
    }

    private static QueryResult read(ResultSet rows) throws SQLException {
        var meta = rows.getMetaData();
        var columns = new ArrayList<String>();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            columns.add(meta.getColumnLabel(column).toLowerCase(Locale.ROOT));
        }
        var values = new ArrayList<List<@Nullable Object>>();
        while (rows.next()) {
            var row = new ArrayList<@Nullable Object>();
            for (int column = 1; column <= columns.size(); column++) {
                row.add(value(rows, column));
            }
            values.add(row);
        }
        return new QueryResult(columns, values);
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

    private static UserException onlySelect(String given) {
        return new UserException("only select is allowed here, not " + given.toLowerCase(Locale.ROOT));
    }
}
