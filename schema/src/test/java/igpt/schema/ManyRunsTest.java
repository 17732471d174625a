package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.curve.Curves;
import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.run.ManyRuns;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyRunsTest {

    @Test
    void theDatabaseLooksLikeOneInWhichWorkWasDone(@TempDir Path runs) {
        var settings = DatabaseSettings.embedded(runs);
        try (var database = Database.forJob(settings)) {
            new ManyRuns(60, 4000).fill(database, settings);
            var history = new RunHistory(database);
            var all = history.runs(RunFilter.ALL);
            assertThat(all).hasSize(60);
            assertThat(all.get(0).run()).isEqualTo(60);
            assertThat(all.get(0).attempt()).isEqualTo(2);
            assertThat(all.get(0).status()).isEqualTo("COMPLETED");
            assertThat(history.run(60).orElseThrow().parameters()).hasSize(30);
            assertThat(new Curves(database.jdbc()).of(1, -1))
                    .singleElement()
                    .satisfies(curve -> assertThat(curve.recorded()).isEqualTo(200));
            assertThat(database.jdbc()
                            .sql("select count(*) from metric")
                            .query(Long.class)
                            .single())
                    .isBetween(3900L, 4000L);
        }
    }
}
