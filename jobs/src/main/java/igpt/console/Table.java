package igpt.console;

import igpt.schema.query.QueryResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Named columns and rows of numbers, booleans, times, texts and nulls.
 *
 * @param prose whether its texts are to be read whole, in several lines where a terminal is narrow
 */
public record Table(List<String> columns, List<List<@Nullable Object>> rows, boolean prose) {

    public static Table of(String... columns) {
        return new Table(List.of(columns), new ArrayList<>(), false);
    }

    public static Table ofProse(String... columns) {
        return new Table(List.of(columns), new ArrayList<>(), true);
    }

    public static Table of(QueryResult result) {
        return new Table(result.columns(), result.rows(), false);
    }

    public Table row(@Nullable Object... values) {
        rows.add(Arrays.asList(values));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }
}
