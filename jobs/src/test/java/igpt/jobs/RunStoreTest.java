package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.Database;
import igpt.schema.DatabaseSettings;
import igpt.testjobs.TestIgpt;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.parameters.JobParameters;

/** What a kill or a full disk may leave, and what a launch makes of it. */
class RunStoreTest {
    private final JobParameters parameters = new StoredParameters(
                    TestIgpt.CATALOGUE.named("count").parameters().resolve(Map.of(), Map.of()), Map.of(), 0)
            .toSpring();
    private Path home;

    @BeforeEach
    void emptyProject(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void aRunKilledBeforeItsFirstAttemptIsNew() {
        try (var database = open()) {
            new RunStore(database).findOrCreate("count", parameters);
        }
        assertThat(TestIgpt.ask(home, "run", "count").out())
                .contains("run 1 count\n")
                .contains("completed");
    }

    @Test
    void anAttemptKilledBeforeItsFirstStepIsGoneOnWith() {
        try (var database = open()) {
            var store = new RunStore(database);
            store.begin(store.findOrCreate("count", parameters), parameters);
        }
        assertThat(TestIgpt.ask(home, "resume").out()).contains("it was KILLED").contains("completed");
    }

    @Test
    void anAttemptWhoseEndCouldNotBeStoredIsGoneOnWith() {
        try (var database = open()) {
            var store = new RunStore(database);
            var attempt = store.begin(store.findOrCreate("count", parameters), parameters);
            var step = store.repository().createStepExecution("numbers", attempt);
            step.setStatus(BatchStatus.UNKNOWN);
            store.repository().update(step);
            attempt.setStatus(BatchStatus.UNKNOWN);
            store.repository().update(attempt);
        }
        assertThat(TestIgpt.ask(home, "run", "count").out())
                .contains("it was KILLED")
                .contains("completed");
    }

    @Test
    void whatARunWasStartedWithIsReadBackWhole() {
        var prepare = JobCatalogue.standard().named("prepare").parameters();
        var given = new StoredParameters(
                prepare.resolve(Map.of(), Map.of("seed", "3", "data", "a folder")), Map.of("source", "abc"), 2);
        try (var database = open()) {
            var store = new RunStore(database);
            var run = store.findOrCreate("prepare", given.toSpring());
            store.begin(run, given.toSpring());
            var stored =
                    StoredParameters.of(store.lastAttempt(run).orElseThrow().getJobParameters(), prepare);
            assertThat(stored.parameters().toMap())
                    .isEqualTo(given.parameters().toMap())
                    .containsEntry("palette", "");
            assertThat(stored.inputs()).isEqualTo(given.inputs());
            assertThat(stored.again()).isEqualTo(2);
            assertThat(stored.hash()).isEqualTo(given.hash());
        }
    }

    private Database open() {
        return Database.forJob(DatabaseSettings.embedded(home.resolve("runs")));
    }
}
