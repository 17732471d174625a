package igpt.cli;

import igpt.console.Csv;
import igpt.console.Json;
import igpt.console.PlainTable;
import igpt.console.Table;
import java.util.Map;

/** How tables are printed: for people, or for programs, which get every digit. */
enum Format {
    TABLE,
    CSV,
    JSON;

    void print(Table table, Session session) {
        switch (this) {
            case TABLE -> new PlainTable(session.console()).print(table);
            case CSV -> new Csv(session.console()).print(table);
            case JSON -> session.out().print(Json.of(table) + "\n");
        }
    }

    /** Tables that belong together; of CSV, which has no room for several, the one that was asked for. */
    void print(Map<String, Table> sections, Session session) {
        switch (this) {
            case TABLE -> new PlainTable(session.console()).print(sections);
            case CSV -> throw new IllegalStateException("CSV is one table");
            case JSON -> session.out().print(Json.of(sections) + "\n");
        }
    }
}
