package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.db.Database;
import igpt.schema.db.H2;
import igpt.schema.db.HistoryFiles;
import igpt.schema.db.Migrations;
import igpt.schema.db.PostgresDatabase;
import igpt.schema.folder.Rebuild;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The same tables and views on each database, and no database of another version. */
@ParameterizedClass
@MethodSource("igpt.schema.TestDatabase#each")
class MigrationsTest {

    private final TestDatabase place;

    MigrationsTest(TestDatabase.Opener opener) {
        place = opener.open();
    }

    @AfterEach
    void close() {
        place.close();
    }

    @Test
    void flywayFindsTheSameScripts() {
        var source = place.database().dataSource();
        var vendor = place.settings().url() == null ? H2.VENDOR : PostgresDatabase.VENDOR;
        var applied = Migrations.flyway(source, vendor).info().applied();
        assertThat(applied)
                .extracting(migration -> migration.getScript())
                .containsExactlyElementsOf(Migrations.names());
        assertThat(applied[applied.length - 1].getVersion().getVersion()).isEqualTo("" + Migrations.NEWEST);
        Migrations.flyway(source, vendor).validate();
    }

    @Test
    void everyViewAnswersAndHasTheSameColumnsEverywhere() {
        var history = new RunHistory(place.database());
        assertThat(columns(history, "run_history"))
                .isEqualTo("run attempt job parameters status step progress started ended seconds last_loss"
                        + " exit_code exit_message execution parent");
        assertThat(columns(history, "sweep_trials"))
                .isEqualTo("run name place learning_rate trial_run validation_nats validation_accuracy"
                        + " diverged winner made artifact");
        assertThat(columns(history, "step_history"))
                .isEqualTo("run attempt job step status progress started ended seconds commits"
                        + " exit_code exit_message execution step_execution");
        assertThat(columns(history, "loss_curve"))
                .isEqualTo("run model iteration train_nats validation_nats test_nats learning_rate artifact");
        assertThat(columns(history, "checkpoint_history"))
                .isEqualTo("run model iteration train_nats validation_nats best saved path sha256 artifact");
        assertThat(columns(history, "probe_by_layer"))
                .isEqualTo("run name network layer l2 validation_accuracy test_accuracy best"
                        + " objective iterations converged path sha256 artifact solver learning_rate protocol"
                        + " vote_accuracy model iteration tap dataset");
        assertThat(columns(history, "samples"))
                .isEqualTo("run name place source completion given_rows nats_a_pixel path sha256 grid model artifact");
        assertThat(columns(history, "lowdata_results"))
                .isEqualTo("run name labels subset layer accuracy error objective iterations converged path sha256"
                        + " artifact");
        assertThat(columns(history, "lowdata_summary"))
                .isEqualTo("run name labels subsets layer accuracy accuracy_sd error error_sd artifact");
        assertThat(columns(history, "dataset_catalogue"))
                .isEqualTo("run name source resolution colours classes train_rows validation_rows test_rows"
                        + " skipped parts path palette_path manifest_sha256 completed artifact");
        assertThat(columns(history, "dataset_classes"))
                .isEqualTo("run name label class train_rows validation_rows test_rows artifact");
        assertThat(columns(history, "dataset_findings")).isEqualTo("run name kind what files artifact");
        assertThat(columns(history, "skipped_images")).isEqualTo("run name source reason artifact");
        assertThat(columns(history, "bench_history"))
                .isEqualTo("at git_commit host processor device benchmark shape metric median lowest highest samples"
                        + " unit ceiling ceiling_share jvm tensorflow");
        assertThat(columns(history, "lineage"))
                .isEqualTo("artifact kind name run input input_kind input_name input_run created completed"
                        + " path fingerprint parameters_hash git_commit seed jvm tensorflow device runtime");
    }

    private static String columns(RunHistory history, String view) {
        var result = history.query("select * from " + view);
        assertThat(result.rows()).isEmpty();
        return String.join(" ", result.columns()).toLowerCase(Locale.ROOT);
    }

    @Test
    void aNewerDatabaseIsRefusedAndBothVersionsNamed() {
        setVersion(99);
        for (var open : new Runnable[] {
            () -> Database.forJob(place.settings()).close(),
            () -> Database.forReading(place.settings()).close()
        }) {
            assertThatThrownBy(open::run)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("of version 99")
                    .hasMessageContaining("version " + Migrations.NEWEST)
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aMigrationThatWasChangedSinceIsNamedToWhoeverStartsAJob() {
        place.database();
        place.closeDatabase();
        place.sql("update \"flyway_schema_history\" set \"checksum\" = 1 where \"version\" = '7'");
        assertThatThrownBy(() -> Database.forJob(place.settings()).close())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("V7__views.sql was changed after this database had it: undo the change")
                .hasMessageNotContaining("\n");
    }

    @Test
    void anOlderDatabaseIsNotReadButMigratedByTheNextJob() {
        place.migrateTo(Migrations.NEWEST - 1);
        assertThatThrownBy(() -> Database.forReading(place.settings()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("brings it up to date");
        assertThat(new RunHistory(place.database()).runs(RunFilter.ALL)).isEmpty();
    }

    /** Its versions had the same numbers, and its tables are called the same. */
    @Test
    void oneFromBeforeTheFirstReleaseIsRefusedInALineAndItsRunsAreTakenInFromTheirFolders() throws IOException {
        place.attempt(1, "count");
        place.database().runsFolder().begin(1, "count");
        new HistoryFiles(place.jdbc(), place.database().runsFolder()).writeAll(1);
        place.closeDatabase();
        place.sql(
                "update \"flyway_schema_history\" set \"script\" = 'V2__artifacts.sql' where \"version\" = '2'",
                "update \"flyway_schema_history\" set \"version\" = '22' where \"version\" = '" + Migrations.NEWEST
                        + "'");
        for (var open : new Runnable[] {
            () -> Database.forJob(place.settings()).close(),
            () -> Database.forReading(place.settings()).close(),
            () -> Rebuild.run(place.settings(), true, line -> {})
        }) {
            assertThatThrownBy(open::run)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("from before its first release")
                    .hasMessageContaining("then ./igpt rebuild takes in the runs")
                    .hasMessageNotContaining("\n");
        }
        var run = place.folder().resolve("1-count/history/run.json");
        Files.writeString(
                run,
                Files.readString(run).replaceFirst("\"tables\" : " + Migrations.NEWEST + ",", "\"version\" : 22,"));
        place.emptied();
        Rebuild.run(place.settings(), true, line -> {});
        assertThat(new RunHistory(place.database())
                        .run(1)
                        .orElseThrow()
                        .newest()
                        .job())
                .isEqualTo("count");
    }

    private void setVersion(int version) {
        place.database();
        place.closeDatabase();
        place.sql("update \"flyway_schema_history\" set \"version\" = '" + version + "' where \"version\" = '"
                + Migrations.NEWEST + "'");
    }
}
