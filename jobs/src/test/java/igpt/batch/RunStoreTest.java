package igpt.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igpt.launch.JobCatalogue;
import igpt.recipe.RunInputs;
import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.testjobs.TestIgpt;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a kill or a full disk may leave, and what a launch makes of it. */
class RunStoreTest {
    private final JobParameters parameters = new StoredParameters(
                    TestIgpt.CATALOGUE.named("count").parameters().resolve(Map.of(), Map.of()), RunInputs.NONE, 0)
            .toSpring();
    private final ExecutorService processes = Executors.newFixedThreadPool(4);
    private Path home;

    @BeforeEach
    void emptyProject(@TempDir Path home) {
        this.home = home;
    }

    @AfterEach
    void none() {
        processes.shutdown();
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
    void anAttemptKilledBeforeItsFirstStepIsResumed() {
        try (var database = open()) {
            var store = new RunStore(database);
            store.begin(store.findOrCreate("count", parameters), parameters);
        }
        assertThat(TestIgpt.ask(home, "resume").out()).contains("it was KILLED").contains("completed");
    }

    /** Its thread is in the midst of something, with rows that it has written and not committed. */
    @Test
    void anAttemptThatIsGivenUpIsStoppedAtItsLastCommitAndCommitsNothingMore() throws Exception {
        try (var database = open()) {
            var store = new RunStore(database);
            var attempt = store.begin(store.findOrCreate("count", parameters), parameters);
            attempt.setStatus(BatchStatus.STARTED);
            store.repository().update(attempt);
            var step = store.repository().createStepExecution("numbers", attempt);
            step.setStatus(BatchStatus.STARTED);
            store.repository().update(step);
            var written = new CountDownLatch(1);
            var givenUp = new CountDownLatch(1);
            var work = new Thread(() -> new TransactionTemplate(store.transactions()).executeWithoutResult(begun -> {
                JdbcClient.create(store.dataSource())
                        .sql("update batch_step_execution set write_count = 7, version = version + 1")
                        .update();
                written.countDown();
                awaitQuietly(givenUp);
            }));
            work.setDaemon(true); // it never ends: the process does
            work.start();
            written.await();
            store.giveUp(attempt.getId());
            givenUp.countDown();
            while (work.getState() != Thread.State.WAITING || !isParked(work)) Thread.onSpinWait();
            var rows = "select status || ' ' || write_count from batch_step_execution";
            assertThat(database.jdbc().sql(rows).query(String.class).single()).isEqualTo("STOPPED 0");
        }
        assertThat(TestIgpt.ask(home, "resume").out())
                .contains("it was STOPPED")
                .contains("completed");
    }

    private static boolean isParked(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(StoppableTransactions.class.getName()));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAttemptWhoseEndCouldNotBeStoredIsResumed() {
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
    void aKilledAttemptEndedWhenItWasLastHeardOf() {
        try (var database = open()) {
            var store = new RunStore(database);
            var attempt = store.begin(store.findOrCreate("count", parameters), parameters);
            store.repository().createStepExecution("numbers", attempt);
            database.jdbc()
                    .sql("update batch_job_execution set last_updated = timestamp '2026-01-01 01:00:00'")
                    .update();
            database.jdbc()
                    .sql("update batch_step_execution set last_updated = timestamp '2026-01-01 02:00:00'")
                    .update();
        }
        TestIgpt.ask(home, "resume");
        assertThat(TestIgpt.ask(home, "query", "select ended from run_history where attempt = 1")
                        .out())
                .contains("2026-01-01 02:00:00");
        assertThat(TestIgpt.ask(home, "query", "select ended from step_history where attempt = 1")
                        .out())
                .contains("2026-01-01 02:00:00");
    }

    @Test
    void whatARunWasStartedWithIsReadBackWhole() {
        var prepare = JobCatalogue.standard().named("prepare").parameters();
        var given = new StoredParameters(
                prepare.resolve(Map.of(), Map.of("seed", "3", "data", "a folder")),
                new RunInputs(Map.of("source", "abc")),
                2);
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

    @Test
    void processesThatBeginARunTogetherOnPostgresAllFindIt() throws Exception {
        var url = System.getenv("IGPT_TEST_POSTGRES");
        assumeTrue(url != null, "no PostgreSQL to test with");
        var schema = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = DriverManager.getConnection(url);
                var sql = connection.createStatement()) {
            sql.execute("create schema " + schema);
            var settings = new DatabaseSettings(home, url + "&currentSchema=" + schema, null, null);
            try (var database = Database.forJob(settings)) {
                for (int round = 0; round < 20; round++) {
                    var given = new StoredParameters(
                                    TestIgpt.CATALOGUE
                                            .named("count")
                                            .parameters()
                                            .resolve(Map.of(), Map.of()),
                                    new RunInputs(Map.of("round", "" + round)),
                                    0)
                            .toSpring();
                    var together = new CyclicBarrier(4);
                    Callable<Long> process = () -> {
                        var store = new RunStore(database);
                        together.await(1, TimeUnit.MINUTES);
                        var run = store.findOrCreate("count", given);
                        together.await(1, TimeUnit.MINUTES);
                        store.begin(run, given);
                        return run.getInstanceId();
                    };
                    var runs = new HashSet<Long>();
                    for (var begun : processes.invokeAll(Collections.nCopies(4, process))) runs.add(begun.get());
                    assertThat(runs).hasSize(1);
                }
            } finally {
                sql.execute("drop schema " + schema + " cascade");
            }
        }
    }

    private Database open() {
        return Database.forJob(DatabaseSettings.embedded(home.resolve("runs")));
    }
}
