package igpt.schema.db;

import igpt.schema.db.OwnedTable.Reference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database says of its own tables, by names in small letters: columns, keys, and what refers to what. */
final class Catalogue {
    private static final String COLUMNS =
            """
            select c.table_name, c.column_name, c.is_identity
            from information_schema.columns c
            join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
            where t.table_schema = current_schema and t.table_type = 'BASE TABLE'
            order by c.table_name, c.ordinal_position
            """;

    private static final String KEYS =
            """
            select k.table_name, k.column_name
            from information_schema.table_constraints c
            join information_schema.key_column_usage k on k.constraint_schema = c.constraint_schema
                and k.constraint_name = c.constraint_name and k.table_name = c.table_name
            where c.table_schema = current_schema and c.constraint_type = 'PRIMARY KEY'
            order by k.table_name, k.ordinal_position
            """;

    private static final String REFERENCES =
            """
            select k.table_name, k.column_name, p.table_name, p.column_name
            from information_schema.referential_constraints r
            join information_schema.key_column_usage k on k.constraint_schema = r.constraint_schema
                and k.constraint_name = r.constraint_name
            join information_schema.key_column_usage p on p.constraint_schema = r.unique_constraint_schema
                and p.constraint_name = r.unique_constraint_name
                and p.ordinal_position = k.position_in_unique_constraint
            where r.constraint_schema = current_schema
            order by k.table_name, k.column_name
            """;

    private final Map<String, Set<String>> columns = new TreeMap<>();
    private final Map<String, List<String>> identity = new TreeMap<>();
    private final Map<String, List<String>> keys = new TreeMap<>();
    private final Map<String, List<Reference>> references = new TreeMap<>();

    Catalogue(JdbcClient jdbc) {
        jdbc.sql(COLUMNS).query(row -> {
            var table = name(row.getString(1));
            columns.computeIfAbsent(table, none -> new LinkedHashSet<>()).add(name(row.getString(2)));
            if (row.getString(3).equals("YES")) {
                identity.computeIfAbsent(table, none -> new ArrayList<>()).add(name(row.getString(2)));
            }
        });
        jdbc.sql(KEYS).query(row -> {
            keys.computeIfAbsent(name(row.getString(1)), none -> new ArrayList<>())
                    .add(name(row.getString(2)));
        });
        jdbc.sql(REFERENCES).query(row -> {
            references
                    .computeIfAbsent(name(row.getString(1)), none -> new ArrayList<>())
                    .add(new Reference(name(row.getString(2)), name(row.getString(3)), name(row.getString(4))));
        });
    }

    private static String name(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    Set<String> tables() {
        return columns.keySet();
    }

    Set<String> columns(String table) {
        return columns.getOrDefault(table, Set.of());
    }

    List<String> identity(String table) {
        return identity.getOrDefault(table, List.of());
    }

    /** The columns of its primary key, none where it has none. */
    List<String> key(String table) {
        return keys.getOrDefault(table, List.of());
    }

    List<Reference> references(String table) {
        return references.getOrDefault(table, List.of());
    }
}
