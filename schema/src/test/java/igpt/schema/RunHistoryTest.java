package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.Provenance;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.query.QueryLimits;
import igpt.schema.run.ChildRun;
import igpt.schema.run.Parameter;
import igpt.schema.run.Progress;
import igpt.schema.run.ProgressTable;
import igpt.schema.run.Run;
import igpt.schema.run.RunChildren;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Run 1 failed and was resumed, run 2 is at work, run 3 was killed. */
@ParameterizedClass
@MethodSource("igpt.schema.TestDatabase#each")
class RunHistoryTest {

    private static final String SHA = "0123456789abcdef".repeat(4);

    private final TestDatabase place;
    private final JdbcClient jdbc;
    private final RunHistory history;

    RunHistoryTest(TestDatabase.Opener opener) {
        place = opener.open();
        jdbc = place.jdbc();
        history = new RunHistory(place.database());
    }

    @BeforeEach
    void threeRuns() {
        var first = place.attempt(1, "pretrain");
        parameters(first, "seed", "42", "model", "nano", "data", "shapes");
        step(1, first, "train", "FAILED", 61.5, "java.lang.IllegalStateException: loss is not a number\n\tat x");
        end(first, "FAILED", 65, "loss is not a number");
        var second = place.attempt(1, "pretrain");
        parameters(second, "seed", "42", "model", "nano", "data", "shapes");
        step(2, second, "train", "COMPLETED", 30, "");
        step(3, second, "evaluate", "COMPLETED", 2.25, "");
        step(4, second, "evaluate:partition1", "COMPLETED", 1, "");
        end(second, "COMPLETED", 33, "");
        new ProgressTable(jdbc).set(Progress.of(second, "evaluate", 20, 20, "batches"));

        var model = new Artifacts(jdbc)
                .begin(
                        Kinds.MODEL,
                        "nano",
                        "m1",
                        second,
                        "1/model",
                        new Provenance("p", "c", 42, "17", "2", "cpu", ""),
                        List.of());
        new Metrics(jdbc)
                .addAll(List.of(
                        new Metric(model.id(), 1, "train_nats", 6.2),
                        new Metric(model.id(), 1, "learning_rate", 0.001),
                        new Metric(model.id(), 2, "train_nats", 5.5),
                        new Metric(model.id(), 2, "validation_nats", 5.6)));
        new Checkpoints(jdbc).add(new Checkpoint(model.id(), 1, "1/model/1", SHA, 6.2, null));
        new Checkpoints(jdbc).add(new Checkpoint(model.id(), 2, "1/model/2", SHA, 5.5, 5.6));
        new Checkpoints(jdbc).add(new Checkpoint(model.id(), 3, "1/model/3", SHA, 5.4, 5.7));

        place.attempt(2, "probe");
        place.attempt(3, "prepare");
        place.database().lock(2);
    }

    @AfterEach
    void close() {
        place.close();
    }

    @Test
    void runsAreListedNewestFirstWithTheirLastAttempt() {
        var runs = history.runs(RunFilter.ALL);
        assertThat(runs).extracting(Run::run).containsExactly(3L, 2L, 1L);
        assertThat(runs).extracting(Run::status).containsExactly("KILLED", "STARTED", "COMPLETED");
        var first = runs.get(2);
        assertThat(first.attempt()).isEqualTo(2);
        assertThat(first.parameters()).isEqualTo("data=shapes model=nano seed=42");
        assertThat(first.step()).isEqualTo("evaluate");
        assertThat(first.progress()).isEqualTo("20 / 20 batches");
        assertThat(first.seconds()).isEqualTo(33);
        assertThat(first.lastLoss()).isEqualTo(5.4);
        assertThat(runs.get(1).lastLoss()).isNull();
    }

    @Test
    void howALiveRunGoesIsSeenAndWhetherItIsSilent() {
        var attempt = history.newest(2).orElseThrow().execution();
        step(5, attempt, "fit", "STARTED", 1, "");
        new ProgressTable(jdbc).set(new Progress(attempt, "fit", 3, 5, "layers", 0.25, "layers", 8.0, 2.5, 0.125));
        var live = Objects.requireNonNull(history.newest(2).orElseThrow().live());
        assertThat(live.rate()).isEqualTo(0.25);
        assertThat(live.secondsLeft()).isEqualTo(8);
        assertThat(live.loss()).isEqualTo(2.5);
        assertThat(live.silent()).isFalse();
        assertThat(live.heard()).isNotNull();
        assertThat(history.progress(2)).singleElement().satisfies(progress -> {
            assertThat(progress.done()).isEqualTo(3);
            assertThat(progress.checkpointSeconds()).isEqualTo(0.125);
        });
        boolean silent = false;
        for (int i = 0; i < 100 && !silent; i++) { // its process, this one, says every other second that it is there
            jdbc.sql("update run_holder set heard_at = current_timestamp - interval '9' second where run = 2")
                    .update();
            silent = history.newest(2).orElseThrow().silent();
        }
        assertThat(silent).isTrue();
        assertThat(history.newest(3).orElseThrow().live()).as("killed").isNull();
        assertThat(history.newest(4)).isEmpty();
    }

    @Test
    void runsAreFiltered() {
        assertThat(history.runs(new RunFilter("probe", null, null, 10))).hasSize(1);
        assertThat(history.runs(new RunFilter(null, "completed", null, 10))).hasSize(1);
        assertThat(history.runs(new RunFilter(null, null, Instant.now().plusSeconds(60), 10)))
                .isEmpty();
        assertThat(history.runs(new RunFilter(null, null, null, 2)))
                .extracting(Run::run)
                .containsExactly(3L, 2L);
    }

    @Test
    void aRunKeepsItsPlaceWhenItIsResumed() {
        place.attempt(1, "pretrain");
        assertThat(history.runs(RunFilter.ALL)).extracting(Run::run).containsExactly(3L, 2L, 1L);
        assertThat(history.runs(new RunFilter(null, null, null, 5, null, null, 3L)))
                .extracting(Run::run)
                .containsExactly(2L, 1L);
    }

    @Test
    void whatIsManyRunsBackIsFound() {
        var children = new RunChildren(jdbc);
        assertThat(children.lastUnfinished()).contains(3L);
        for (long run = 4; run < 124; run++) {
            end(place.attempt(run, "sweep"), run == 4 ? "FAILED" : "COMPLETED", 1, "");
        }
        assertThat(history.runs(RunFilter.ALL))
                .extracting(Run::run)
                .hasSize(123)
                .startsWith(123L)
                .endsWith(1L);
        assertThat(history.runs(new RunFilter(null, "failed", null, 1)))
                .extracting(Run::run)
                .containsExactly(4L);
        assertThat(history.runs(new RunFilter(null, "killed", null, 1)))
                .extracting(Run::run)
                .containsExactly(3L);
        assertThat(history.runs(new RunFilter("probe", "started", null, 1)))
                .extracting(Run::run)
                .containsExactly(2L);
        assertThat(children.lastUnfinished()).contains(4L);
        children.add(5, 4, "of one that is complete");
        assertThat(children.lastUnfinished()).contains(3L);
        children.add(2, 3, "of one that is not");
        assertThat(children.unfinishedParent(3)).contains(2L);
    }

    @Test
    void aRunIsShownWithAllItsAttempts() {
        var run = history.run(1).orElseThrow();
        assertThat(run.attempts()).extracting(Run::status).containsExactly("FAILED", "COMPLETED");
        assertThat(run.attempts().get(0).exitMessage()).isEqualTo("loss is not a number");
        assertThat(run.newest().attempt()).isEqualTo(2);
        assertThat(run.parameters())
                .containsExactly(
                        new Parameter("data", "shapes", true),
                        new Parameter("model", "nano", true),
                        new Parameter("seed", "42", true));
        assertThat(run.steps())
                .extracting(step -> step.attempt() + " " + step.step() + " " + step.seconds())
                .containsExactly("1 train 61.5", "2 train 30.0", "2 evaluate 2.25", "2 evaluate:partition1 1.0");
        assertThat(new Metrics(place.database().jdbc())
                        .newest(run.artifacts().get(0).id()))
                .extracting(metric -> metric.name() + " " + metric.iteration())
                .containsExactly("learning_rate 1", "train_nats 2", "validation_nats 2");
        assertThat(run.artifacts()).hasSize(1);
        assertThat(history.run(9)).isEmpty();
    }

    @Test
    void theViewsTellTheSame() {
        assertThat(history.query("select iteration, train_nats, validation_nats from loss_curve where run = 1 order by"
                                + " 1")
                        .rows())
                .isEqualTo(List.of(Arrays.asList(1L, 6.2, null), List.of(2L, 5.5, 5.6)));
        assertThat(history.query("select iteration from checkpoint_history where best")
                        .rows())
                .isEqualTo(List.of(List.of(2L)));
        var times = history.query("select started, current_timestamp from run_history where run = 2")
                .rows()
                .get(0);
        assertThat(times.get(0)).isInstanceOf(Instant.class);
        assertThat(times.get(1)).isInstanceOf(Instant.class);
    }

    @Test
    void theViewsAreListedWithTheirColumns() {
        var views = history.views();
        assertThat(views.get("loss_curve"))
                .containsExactly(
                        "run",
                        "model",
                        "iteration",
                        "train_nats",
                        "validation_nats",
                        "test_nats",
                        "learning_rate",
                        "artifact");
        assertThat(views).containsKeys("run_history", "lineage").doesNotContainKeys("metric", "tables");
    }

    @Test
    void aQueryGivesNoMoreRowsThanAreWanted() {
        var one = history.query("select * from run_history", new QueryLimits(1, Duration.ofSeconds(20)));
        assertThat(one.rows()).hasSize(1);
        assertThat(one.more()).isTrue();
        assertThat(history.query("select * from run_history").more()).isFalse();
    }

    @Test
    void aQueryCanOnlyAsk() {
        for (var sql : List.of(
                "delete from metric",
                "drop view run_history",
                "/* select */ update metric set metric_value = 0",
                "with gone as (delete from metric returning 1) select * from gone",
                "select 1; delete from metric",
                "select 1; select 2",
                "insert into progress values (1, 'x', 1, 1, 'x')",
                "commit",
                "call 1",
                "select nextval('batch_job_seq')",
                "select next value for batch_job_seq",
                "",
                "select nothing from nowhere",
                "select * frm run_history")) {
            assertThatThrownBy(() -> history.query(sql))
                    .as(sql)
                    .isInstanceOf(UserException.class)
                    .hasMessageNotContaining("\n");
        }
        assertThatThrownBy(() -> history.query("Delete from metric"))
                .hasMessage("only select is allowed here, not delete");
        assertThat(history.query("select count(*) as n from metric").rows()).isEqualTo(List.of(List.of(4L)));
        assertThat(history.query(" -- why\n (select 'a;b' as x);").rows()).isEqualTo(List.of(List.of("a;b")));
    }

    @Test
    void aRunThatIsPartOfAnotherIsShownWithIt() {
        var children = new RunChildren(jdbc);
        children.add(3, 1, "learning_rate 0.01");
        children.add(3, 2, "to be said better");
        children.add(3, 2, "learning_rate 0.003");
        assertThat(history.run(3).orElseThrow().children())
                .containsExactly(
                        new ChildRun(1, "pretrain", "learning_rate 0.01", "COMPLETED"),
                        new ChildRun(2, "probe", "learning_rate 0.003", "STARTED"));
        assertThat(history.runs(RunFilter.ALL)).extracting(Run::parent).containsExactly(null, 3L, 3L);
        assertThat(children.unfinishedParent(2)).contains(3L);
        assertThat(children.unfinishedParent(3)).isEmpty();
    }

    private void parameters(long execution, String... pairs) {
        for (int pair = 0; pair < pairs.length; pair += 2) {
            jdbc.sql("insert into batch_job_execution_params values (?, ?, 'java.lang.String', ?, 'Y')")
                    .params(execution, pairs[pair], pairs[pair + 1])
                    .update();
        }
    }

    private void step(long id, long execution, String name, String status, double seconds, String message) {
        var start = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
        jdbc.sql(
                        """
                        insert into batch_step_execution (step_execution_id, version, step_name, job_execution_id,
                            create_time, start_time, end_time, status, commit_count, exit_message)
                        values (?, 0, ?, ?, ?, ?, ?, ?, 10, ?)
                        """)
                .params(id, name, execution, start, start, start.plusNanos((long) (seconds * 1e9)), status, message)
                .update();
    }

    private void end(long execution, String status, int seconds, String message) {
        var start = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
        jdbc.sql("update batch_job_execution set status = ?, start_time = ?, end_time = ?, exit_message = ?"
                        + " where job_execution_id = ?")
                .params(status, start, start.plusSeconds(seconds), message, execution)
                .update();
    }
}
