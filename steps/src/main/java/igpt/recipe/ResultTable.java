package igpt.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what is known of artifacts, in named columns: there even where it has no rows.
 *
 * @param name by which it can be asked for alone
 * @param all a command that prints all rows, where people see only the first; empty where they see them all
 */
public record ResultTable(String name, List<String> columns, List<List<@Nullable Object>> rows, String all) {

    public static ResultTable of(String name, String... columns) {
        return new ResultTable(name, List.of(columns), new ArrayList<>(), "");
    }

    public ResultTable row(@Nullable Object... values) {
        rows.add(Arrays.asList(values));
        return this;
    }

    /** The same, of which people see only the first rows. */
    public ResultTable withAllBy(String command) {
        return new ResultTable(name, columns, rows, command);
    }

    /** This one's rows, then the other's: both have the same columns. */
    public ResultTable and(ResultTable other) {
        var both = new ArrayList<>(rows);
        both.addAll(other.rows);
        return new ResultTable(name, columns, both, all);
    }
}
