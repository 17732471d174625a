package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igpt.config.ConfigFolder;
import igpt.config.Project;
import igpt.console.Console;
import igpt.console.ConsoleListener;
import igpt.launch.JobCatalogue;
import igpt.launch.JobDefinition;
import igpt.launch.LaunchService;
import igpt.launch.Outcome;
import igpt.launch.RunRequest;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.schema.db.Database;
import igpt.schema.file.AtomicFiles;
import igpt.testjobs.FaultyNetwork;
import igpt.testjobs.TestIgpt;
import igpt.testjobs.TestJob;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a server does to a run on PostgreSQL: while a step works, when it has written rows, and when it commits. */
class LostDatabaseTest {
    private static final JobDefinition JOB =
            new TestJob("calls", "work three times", new StepDescription(Work.class, "work", "a file a call"));

    interface Meanwhile {
        void happens(RunContext run, int call) throws Exception;
    }

    private static Meanwhile meanwhile = (run, call) -> {};
    private static Meanwhile afterRow = (run, call) -> {};

    /** Reads, works, writes a file, then a row, and tells by its context, as the real ones. */
    record Work(RunContext run, JdbcClient jdbc) implements RunStep {
        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
            var context = contribution.getStepExecution().getExecutionContext();
            int call = context.getInt("calls", 0);
            assertThat(jdbc.sql("select count(*) from batch_job_instance")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
            meanwhile.happens(run, call);
            var file = run.folder().resolve("files/" + call);
            AtomicFiles.write(file, unfinished -> Files.writeString(unfinished, "made"));
            jdbc.sql("insert into called values (?)").params(call).update();
            afterRow.happens(run, call);
            context.putInt("calls", call + 1);
            return RepeatStatus.continueIf(call < 2);
        }
    }

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    private Connection server;
    private FaultyNetwork network;
    private Project project;

    @BeforeEach
    void emptyProject(@TempDir Path home) throws Exception {
        var url = System.getenv("IGPT_TEST_POSTGRES");
        assumeTrue(url != null, "no PostgreSQL to test with");
        server = DriverManager.getConnection(url);
        execute("create schema " + name);
        execute("set search_path to " + name);
        var address = URI.create(url.replaceFirst("^jdbc:", ""));
        network = new FaultyNetwork(address.getHost(), address.getPort());
        var proxied = "jdbc:postgresql://127.0.0.1:" + network.port() + address.getPath() + "?" + address.getQuery()
                + "&prepareThreshold=0"; // what is said is said in words each time
        Files.createDirectories(home.resolve("config"));
        Files.writeString(
                home.resolve("config/application.yml"),
                "database:\n  url: " + proxied + "&currentSchema=" + name + "&ApplicationName=" + name + "\n");
        project = new Project(home, home.resolve("runs"), new ConfigFolder(home.resolve("config")));
    }

    @AfterEach
    void none() throws Exception {
        meanwhile = (run, call) -> {};
        afterRow = (run, call) -> {};
        if (server != null) {
            network.close();
            execute("drop schema " + name + " cascade");
            server.close();
        }
    }

    @Test
    void noTransactionIsOpenWhileAStepWorks() {
        meanwhile = (run, call) -> assertThat(number(
                        "select count(*) from pg_stat_activity where xact_start is not null and application_name = '"
                                + name + "' and query not like 'update run_holder%'"))
                .isZero();
        assertThat(launch().ending()).isEqualTo(Outcome.Ending.COMPLETED);
    }

    @Test
    void aServerThatEndsAllSessionsIsOutlived() throws Exception {
        meanwhile = (run, call) -> endAllSessions();
        var outcome = launch();
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Outcome.Ending.COMPLETED);
        assertThat(number("select commit_count from batch_step_execution")).isEqualTo(3);
        assertThat(number("select count(*) from run_holder")).isZero();
    }

    /** Of a commit nobody can tell; of one whose answer was lost, the database says that it went through. */
    @ParameterizedTest
    @CsvSource({"insert into called, QUESTION", "insert into called, ANSWER", "COMMIT, QUESTION", "COMMIT, ANSWER"})
    void aConnectionThatIsLostInATransactionCostsOneCallAtMost(String word, FaultyNetwork.Loss loss) throws Exception {
        meanwhile = once(1, () -> network.cutAt(word, loss));
        outlived();
        meanwhile = (run, call) -> {};
        assertThat(launch().ending()).isEqualTo(Outcome.Ending.UNCHANGED);
    }

    @Test
    void aServerThatEndsTheSessionOfATransactionIsOutlived() throws Exception {
        afterRow = once(2, this::endAllSessions);
        outlived();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("run 1 calls is interrupted: PostgreSQL has ended the connection: terminating connection")
                .contains("run 1 calls resumes; it was FAILED");
    }

    /** The attempt after that has nothing left to do. */
    @Test
    void theLastAnswerOfAllMayBeLost() throws Exception {
        afterRow = once(2, () -> network.cutAt("COMMIT", FaultyNetwork.Loss.ANSWER));
        outlived();
    }

    @Test
    void whatIsInterruptedAgainAndAgainFailsWithTheReason() {
        afterRow = (run, call) -> endAllSessions();
        var outcome = launch();
        assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FAILED);
        assertThat(outcome.reason()).startsWith("PostgreSQL has ended the connection: ");
        try (var database = Database.forReading(project.database())) {
            assertThat(database.jdbc()
                            .sql("select distinct status || ' ' || exit_message from run_history")
                            .query(String.class)
                            .list())
                    .containsExactly("FAILED " + outcome.reason());
        }
        afterRow = (run, call) -> {};
        assertThat(launch().ending()).isEqualTo(Outcome.Ending.COMPLETED);
    }

    @Test
    void anEmptyOneNextToFoldersOfRunsSaysWhatToDo() throws Exception {
        var log = project.runs().resolve("1-calls/log.txt");
        for (int twice = 0; twice < 2; twice++) { // without tables, then with
            Files.createDirectories(log.getParent());
            Files.writeString(log, "");
            var answer = TestIgpt.ask(project.home(), "runs");
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.err())
                    .contains("has no runs, and the folder")
                    .contains("1-calls: ./igpt rebuild takes them in")
                    .hasLineCount(1);
            Files.delete(log);
            Files.delete(log.getParent());
            Database.forJob(project.database()).close();
        }
        assertThat(TestIgpt.ask(project.home(), "runs").out()).isEqualTo("no runs\n");
    }

    /** The run ends as one that nothing befell, after one failure with its reason. */
    private void outlived() throws Exception {
        var outcome = launch();
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Outcome.Ending.COMPLETED);
        assertThat(number("select count(*) * 100 + count(distinct call) * 10 + max(call) from called"))
                .isEqualTo(332);
        assertThat(number("select count(*) from run_holder")).isZero();
        try (var left = Files.list(files())) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("0", "1", "2");
        }
        try (var database = Database.forReading(project.database())) {
            assertThat(database.jdbc()
                            .sql("select status || ' ' || exit_message from run_history order by attempt")
                            .query(String.class)
                            .list())
                    .satisfiesExactly(
                            first -> assertThat(first).startsWith("FAILED ").contains("PostgreSQL"),
                            second -> assertThat(second).startsWith("COMPLETED"));
        }
    }

    @Test
    void whoWasTakenOverWritesNothingMoreAndSaysWhy() throws Exception {
        meanwhile = (run, call) -> {
            if (call == 1) {
                execute("update run_holder set token = 'theirs', pid = 7, host = 'elsewhere', birth = 'other boot 5'");
                Files.writeString(files().resolve("1.attempt-9.tmp"), "half of theirs");
                while (!run.stopRequested()) Thread.sleep(10); // the lock's own thread finds out
            }
        };
        var outcome = launch();
        assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FAILED);
        assertThat(outcome.reason()).contains("run 1 was taken over by process 7 on elsewhere");
        assertThat(files()).isDirectoryContaining("glob:**/1.attempt-9.tmp");
        assertThat(Files.exists(files().resolve("1"))).isFalse();
        assertThat(number("select commit_count from batch_step_execution")).isEqualTo(1);

        execute("delete from run_holder"); // as they do at their end
        meanwhile = (run, call) -> {};
        assertThat(launch().ending()).isEqualTo(Outcome.Ending.COMPLETED);
        try (var left = Files.list(files())) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("0", "1", "2");
        }
    }

    @Test
    void theFirstFailureIsToldAndNotWhatCameOfIt() throws Exception {
        for (int repeat = 0; repeat < 5; repeat++) {
            var first = "the first of failures " + repeat;
            meanwhile = (run, call) -> {
                execute("update batch_step_execution set version = version + 7");
                throw new IllegalStateException(first);
            };
            var outcome = launch();
            assertThat(outcome.ending()).isEqualTo(Outcome.Ending.FAILED);
            assertThat(outcome.reason()).contains(first);
            try (var database = Database.forReading(project.database())) {
                assertThat(database.jdbc()
                                .sql("select exit_message from run_history order by attempt desc fetch first row only")
                                .query(String.class)
                                .single())
                        .contains(first);
            }
        }
    }

    private interface Fault {
        void strikes() throws Exception;
    }

    private static Meanwhile once(int when, Fault fault) {
        var left = new AtomicBoolean(true);
        return (run, call) -> {
            if (call == when && left.compareAndSet(true, false)) fault.strikes();
        };
    }

    private Outcome launch() {
        try (var database = Database.forJob(project.database())) {
            database.jdbc().sql("create table if not exists called (call int)").update();
        }
        var console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8), 0);
        var parameters = JOB.parameters().resolve(Map.of(), Map.of());
        try (var service = new LaunchService(new JobCatalogue(List.of(JOB)), List.of(Work.class), project, null)) {
            service.listen(new ConsoleListener(console));
            return service.start(new RunRequest(JOB, parameters, false)).await();
        }
    }

    private Path files() {
        return project.runs().resolve("1-calls/files");
    }

    private void endAllSessions() throws SQLException {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + name + "'");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = server.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (var statement = server.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
