package igpt.schema.db;

import igpt.schema.query.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a query would call. A read-only transaction keeps rows and sequences, but in it any role may still take a run's lock,
 * end its own other sessions, or sleep: functions do so. The server itself is asked which functions a query has, whatever
 * its text looks like: it is parsed as that of a view, which is taken back.
 */
final class PostgresCalls {

    /** Of functions, operators, aggregates and window functions in a parse tree, whose texts are bytes and cannot look so. */
    private static final Pattern CALLED = Pattern.compile(":(?:funcid|opfuncid|aggfnoid|winfnoid) (\\d+)");

    private static final String NAMES =
            """
            select distinct p.proname from pg_proc p
            where p.oid = any (cast(? as oid[])) and p.provolatile = 'v' and not (
                p.pronamespace = cast('pg_catalog' as regnamespace)
                and p.proname in ('random', 'clock_timestamp', 'timeofday', 'gen_random_uuid'))
            order by 1
            """;

    private PostgresCalls() {}

    /**
     * Refuses what has effects: all that PostgreSQL calls volatile, but for a few that are harmless.
     *
     * @param connection that may write; nothing is left
     */
    static void check(Connection connection, String sql) throws SQLException {
        Query.checkOne(sql);
        connection.setAutoCommit(false);
        try {
            var names = volatileOnes(connection, tree(connection, sql));
            if (!names.isEmpty()) {
                throw Query.onlySelect(String.join(", ", names) + "()");
            }
        } finally {
            connection.rollback();
        }
    }

    private static String tree(Connection connection, String sql) throws SQLException {
        int columns;
        try (var described = connection.prepareStatement(sql)) { // described, and never executed
            var meta = described.getMetaData();
            if (meta == null) {
                throw Query.onlySelect("that");
            }
            columns = meta.getColumnCount();
        }
        var names = IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        try (var view = connection.prepareStatement(
                "create temporary view igpt_asked" + (columns == 0 ? "" : " (" + names + ")") + " as " + sql)) {
            view.execute();
        } catch (SQLException failure) {
            if (String.valueOf(failure.getMessage()).contains("pseudo-type void")) {
                throw Query.onlySelect("a function that gives nothing"); // which is there for its effects alone
            }
            throw failure;
        }
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select cast(ev_action as text) from pg_rewrite"
                        + " where ev_class = cast('pg_temp.igpt_asked' as regclass)")) {
            row.next();
            return row.getString(1);
        }
    }

    private static TreeSet<String> volatileOnes(Connection connection, String tree) throws SQLException {
        var functions = CALLED.matcher(tree)
                .results()
                .map(call -> Long.valueOf(call.group(1)))
                .distinct()
                .toArray();
        var names = new TreeSet<String>();
        try (var statement = connection.prepareStatement(NAMES)) {
            statement.setArray(1, connection.createArrayOf("bigint", functions));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }
}
