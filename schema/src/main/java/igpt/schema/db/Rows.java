package igpt.schema.db;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many rows a statement: a training step records hundreds of numbers at each commit. */
public final class Rows {

    /** PostgreSQL takes at most 65,535 parameters a statement; no row here has more than ten. */
    private static final int ROWS_A_STATEMENT = 1_000;

    private Rows() {}

    /** @param table with its columns: {@code metric (artifact_id, name)} */
    public static void insert(JdbcClient jdbc, String table, List<Object[]> rows) {
        eachBlock(rows, block -> jdbc.sql("insert into " + table + " values :rows")
                .param("rows", block)
                .update());
    }

    /** @param where table and key columns: {@code metric where (artifact_id, name)} */
    public static void delete(JdbcClient jdbc, String where, List<Object[]> keys) {
        eachBlock(keys, block -> jdbc.sql("delete from " + where + " in (:keys)")
                .param("keys", block)
                .update());
    }

    private static void eachBlock(List<Object[]> rows, Consumer<List<Object[]>> statement) {
        for (int from = 0; from < rows.size(); from += ROWS_A_STATEMENT) {
            statement.accept(rows.subList(from, Math.min(rows.size(), from + ROWS_A_STATEMENT)));
        }
    }
}
