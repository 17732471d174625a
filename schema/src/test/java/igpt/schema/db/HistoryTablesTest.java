package igpt.schema.db;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryTablesTest {
    /** What is of no run: who is at work now, whose the folder is, what was measured, the versions. */
    private static final List<String> OF_NO_RUN =
            List.of("run_holder", "database_identity", "bench", "flyway_schema_history");

    @Test
    void everyTableIsKeptInTheRunsFoldersOrIsOfNoRun() {
        try (var place = TestDatabase.h2()) {
            var tables = place.jdbc()
                    .sql("select table_name from information_schema.tables"
                            + " where table_schema = 'PUBLIC' and table_type = 'BASE TABLE'")
                    .query(String.class)
                    .list();
            assertThat(tables.stream().map(table -> table.toLowerCase(Locale.ROOT)))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(
                                    HistoryTables.OF_RUN.stream().map(HistoryTables.Table::name),
                                    HistoryTables.OF_ARTIFACT.stream().map(HistoryTables.Table::name),
                                    OF_NO_RUN.stream())
                            .flatMap(names -> names)
                            .toList());
        }
    }
}
