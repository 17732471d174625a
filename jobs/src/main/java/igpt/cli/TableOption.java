package igpt.cli;

import igpt.config.Nearest;
import igpt.config.UsageException;
import igpt.console.Table;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --table}, of commands that print several tables: only that one. */
final class TableOption {
    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "Only this table; with --format csv one must be named.")
    @Nullable
    String table;

    /** @throws UsageException if there is no such table, or CSV, which is one table, is asked for several */
    void print(Map<String, Table> sections, Format format, Session session) {
        if (table == null) {
            if (format == Format.CSV) {
                throw new UsageException(
                        "CSV is one table: name it, --table " + String.join(" or ", sections.keySet()));
            }
            format.print(sections, session);
            return;
        }
        var wanted = sections.get(table);
        if (wanted == null) {
            throw new UsageException("there is no table '" + table + "'" + Nearest.hint(table, sections.keySet()));
        }
        format.print(wanted, session);
    }
}
