package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.db.H2;
import igpt.schema.db.RunFolder;
import igpt.schema.db.RunsFolder;
import igpt.schema.folder.Rebuild;
import igpt.schema.lock.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that a run of another database has made is written over, whichever databases the two are. */
@ParameterizedClass
@MethodSource("igpt.schema.TestDatabase#each")
class RunsFolderTest {
    private final TestDatabase place;
    private final TestDatabase other;

    RunsFolderTest(TestDatabase.Opener opener) {
        place = opener.open();
        other = opener.open();
    }

    @AfterEach
    void close() {
        place.close();
        other.close();
    }

    @Test
    void itsFolderIsMadeByTheRunAndFoundAgain() throws IOException {
        var folder = begin();
        Files.writeString(folder.resolve("log.txt"), "");
        reopen();
        assertThat(begin()).isEqualTo(folder).isDirectory();
        assertThat(place.database().runsFolder().elsewhere(1)).isEmpty();
    }

    @Test
    void aFolderThatIsThereIsNotTakenForARuns() throws IOException {
        var folder = Files.createDirectories(place.folder().resolve("1-count"));
        assertThat(begin()).isEqualTo(folder); // empty: killed in between
        Files.createDirectories(place.folder().resolve("2-count/model"));
        TestDatabase.attempt(place.jdbc(), 2, "count");
        assertThatThrownBy(() -> place.database().runsFolder().begin(2, "count"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("run 2 did not make it: move it away");
        assertThat(place.folder().resolve("2-count")).isNotEmptyDirectory();
    }

    @Test
    void aNewDatabaseNextToFoldersOfRunsIsRefusedAndLeavesThemAlone() throws IOException {
        begin();
        place.closeDatabase();
        var theirs = new DatabaseSettings(place.folder(), other.settings().url(), null, null);
        Files.deleteIfExists(H2.file(place.folder()));
        for (var settings : new DatabaseSettings[] {theirs, DatabaseSettings.embedded(place.folder())}) {
            for (int twice = 0; twice < 2; twice++) {
                assertThatThrownBy(() -> Database.forJob(settings))
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining(
                                settings.url() == null
                                        ? "there is no database " + H2.file(place.folder()) + ", and the folder"
                                        : "has no runs, and the folder")
                        .hasMessageContaining("1-count: ./igpt rebuild")
                        .hasMessageNotContaining("\n");
            }
        }
        assertThat(H2.file(place.folder())).doesNotExist();
    }

    @Test
    void whatCannotBeAFolderIsRefusedAndNotTakenForAnEmptyOne() throws IOException {
        var file = Files.createFile(place.folder().resolve("file"));
        for (var runs : new Path[] {file, file.resolve("runs")}) {
            var settings = DatabaseSettings.embedded(runs);
            for (ThrowingCallable open :
                    new ThrowingCallable[] {() -> Database.forJob(settings), () -> Database.forReading(settings)}) {
                assertThatThrownBy(open)
                        .isInstanceOf(UserException.class)
                        .hasMessage("the runs folder cannot be " + runs + ": " + file
                                + " is no folder; choose another with IGPT_RUNS");
            }
        }
    }

    @Test
    void aServersRunsAreTakenInElsewhereOnlyIfItIsLost() throws IOException {
        assumeTrue(place.settings().url() != null, "an embedded database that is lost is not in the folder");
        begin();
        place.closeDatabase();
        var embedded = DatabaseSettings.embedded(place.folder());
        assertThatThrownBy(() -> Rebuild.run(embedded, false, line -> {}))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("belong to " + place.settings() + ": set IGPT_DATABASE_URL to that")
                .hasMessageContaining("./igpt rebuild --yes")
                .hasMessageNotContaining("\n");
        assertThat(H2.file(place.folder())).doesNotExist();
        Rebuild.run(embedded, true, line -> {});
        assertThat(Files.readString(place.folder().resolve("igpt.id"))).contains("where=the embedded one");
        assertThatThrownBy(() -> Rebuild.run(place.settings(), true, line -> {}))
                .hasMessageContaining("is not lost, it is there");
    }

    @Test
    void oneWithRunsOfItsOwnIsRefused() {
        begin();
        place.closeDatabase();
        other.attempt(1, "count");
        other.database().runsFolder().begin(1, "count");
        other.closeDatabase();
        var mixed = other.settings().url() == null
                ? moveDatabase()
                : new DatabaseSettings(place.folder(), other.settings().url(), null, null);
        assertThatThrownBy(() -> Database.forJob(mixed))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("belongs to another database")
                .hasMessageNotContaining("\n");
    }

    /** The other's file in this one's place. */
    private DatabaseSettings moveDatabase() {
        try {
            Files.delete(H2.file(place.folder()));
            Files.copy(H2.file(other.folder()), H2.file(place.folder()));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return place.settings();
    }

    @Test
    void anOlderCopyOfItDoesNotNumberItsRunsAsTheNewerOnesAre() throws IOException {
        begin();
        var newer = RunFolder.of(place.folder(), 2, "count");
        newer.mark(RunsFolder.databaseId(place.jdbc()).orElseThrow());
        assertThatThrownBy(this::reopen)
                .isInstanceOf(UserException.class)
                .hasMessageContaining("does not know all runs")
                .hasMessageContaining("2-count: ./igpt rebuild");
    }

    @Test
    void whatNobodysRunsLieInIsTakenOverAndOtherFoldersAreNoRuns() throws IOException {
        place.database();
        place.closeDatabase();
        Files.createDirectories(place.folder().resolve("2024-photos/cat"));
        Files.deleteIfExists(H2.file(place.folder()));
        var theirs = new DatabaseSettings(place.folder(), other.settings().url(), null, null);
        Database.forJob(theirs).close();
        Database.forJob(theirs).close();
        assertThat(place.folder().resolve("2024-photos/cat")).isDirectory();
    }

    @Test
    void aFolderFromBeforeThereWereIdsIsAdoptedOnceIfTheDatabaseKnowsItsRuns() throws IOException {
        fromBefore();
        assertThat(Files.readString(place.folder().resolve("igpt.id"))).contains("database=");
        assertThat(begin()).isDirectory();
        assertThat(place.folder().resolve("1-count/history/run.json")).isRegularFile();
    }

    private void fromBefore() throws IOException {
        var folder = begin();
        Files.writeString(folder.resolve("log.txt"), "");
        deleteIds(folder);
        reopen();
    }

    @Test
    void andNotIfItsFilesAreOthers() throws IOException {
        var folder = begin();
        Files.writeString(folder.resolve("log.txt"), "");
        Files.writeString(folder.resolve("probe.npy"), "another's");
        long attempt = place.attempt(1, "count");
        place.jdbc()
                .sql(
                        """
                        insert into artifact (kind, name, fingerprint, job_execution_id, path, created_at, completed_at,
                            parameters_hash, git_commit, seed, jvm, tensorflow, device)
                        values ('PROBE', 'p', 'f', ?, '1-count', current_timestamp, current_timestamp, '', '', 0, '', '', '')
                        """)
                .params(attempt)
                .update();
        place.jdbc()
                .sql(
                        """
                        insert into probe (probe_id, network, layer, l2, validation_accuracy, objective, iterations,
                            converged, best, path, sha256)
                        values (1, 'trained', 0, 0, 0, 0, 0, true, true, '1-count/probe.npy', ?)
                        """)
                .params("0".repeat(64))
                .update();
        deleteIds(folder);
        assertThatThrownBy(this::reopen)
                .isInstanceOf(UserException.class)
                .hasMessageContaining("was made by run 1 of another database");
    }

    private void deleteIds(Path folder) throws IOException {
        place.jdbc().sql("delete from run_folder").update();
        place.jdbc().sql("delete from database_identity").update();
        place.closeDatabase();
        Files.delete(place.folder().resolve("igpt.id"));
        Files.delete(folder.resolve("history/run.id"));
    }

    /** Two machines, each with a folder of its own. */
    @Test
    void whatIsInAnotherFolderOfTheSameDatabaseIsSaidToBeThere() {
        assumeTrue(place.settings().url() != null, "PostgreSQL alone has several");
        begin();
        var there = new DatabaseSettings(other.folder(), place.settings().url(), null, null);
        try (var second = Database.forJob(there)) {
            assertThat(second.runsFolder().elsewhere(1))
                    .hasValue("made on host '%s' in %s".formatted(Holder.self().host(), place.folder()));
        }
    }

    private Path begin() {
        place.attempt(1, "count");
        return place.database().runsFolder().begin(1, "count");
    }

    private void reopen() {
        place.closeDatabase();
        place.database();
    }
}
