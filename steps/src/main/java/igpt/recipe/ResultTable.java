package igpt.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table about artifacts, with named columns; it is printed even if it has no rows.
 *
 * @param name by which it can be asked for alone
 * @param all a command that prints all rows, if people are shown only the first; empty if they are shown all
 * @param detail whether it tells how results came about, and people want to see them first
 */
public record ResultTable(
        String name, List<String> columns, List<List<@Nullable Object>> rows, String all, boolean detail) {

    public static ResultTable of(String name, String... columns) {
        return new ResultTable(name, List.of(columns), new ArrayList<>(), "", false);
    }

    public static ResultTable ofDetails(String name, String... columns) {
        return new ResultTable(name, List.of(columns), new ArrayList<>(), "", true);
    }

    public ResultTable row(@Nullable Object... values) {
        rows.add(Arrays.asList(values));
        return this;
    }

    /** The same table, if people are to be shown only its first rows. */
    public ResultTable withAllBy(String command) {
        return new ResultTable(name, columns, rows, command, detail);
    }

    /** This table's rows, then the other's. Both have the same columns. */
    public ResultTable and(ResultTable other) {
        var both = new ArrayList<>(rows);
        both.addAll(other.rows);
        return new ResultTable(name, columns, both, all, detail);
    }
}
