package igpt.schema.db;

import java.util.List;
import java.util.Set;

/**
 * A table whose rows belong to a run or an artifact, as the database itself describes it.
 *
 * @param key the columns of its primary key; none where it has none
 * @param identity columns that the database numbers
 * @param owner what leads from it to the run or artifact; in the table of these, their own number
 * @param owned what follows on the owner's column in a condition, with a parameter for the number
 * @param links the other rows that its rows refer to
 * @param referred whether another table refers to it
 */
public record OwnedTable(
        String name,
        List<String> key,
        Set<String> columns,
        List<String> identity,
        Reference owner,
        String owned,
        List<Reference> links,
        boolean referred) {

    private static final String PARAMETER = "= ?";

    /** From a column to a column of another table. */
    public record Reference(String column, String table, String target) {}

    /** Which rows: those of the run or artifact whose number is the parameter. */
    public String ofOne() {
        return owner.column() + " " + owned;
    }

    /** Which rows: those of the runs or artifacts that a condition holds for, {@code in (select …)}. */
    public String ofThose(String condition) {
        return owner.column() + " " + owned.replace(PARAMETER, condition);
    }

    /** Whether the owner's column holds the number itself, and not what another table leads on from. */
    public boolean isDirect() {
        return owned.equals(PARAMETER);
    }

    /** Whether each row names a file or folder that is the artifact's. */
    public boolean namesFiles() {
        return columns.contains("path") && columns.contains("sha256");
    }

    static String parameter() {
        return PARAMETER;
    }
}
