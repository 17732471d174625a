package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.Provenance;
import igpt.schema.artifact.classifier.FeaturePart;
import igpt.schema.artifact.classifier.FeatureParts;
import igpt.schema.artifact.classifier.FeatureSet;
import igpt.schema.artifact.classifier.Probe;
import igpt.schema.artifact.classifier.Probes;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.artifact.study.LowDataResult;
import igpt.schema.artifact.study.LowDataResults;
import igpt.schema.artifact.study.SweepTrial;
import igpt.schema.artifact.study.SweepTrials;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.DatasetPart;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.SkippedImage;
import igpt.schema.run.BenchResult;
import igpt.schema.run.BenchResults;
import igpt.schema.run.Progress;
import igpt.schema.run.ProgressTable;
import igpt.schema.run.RunHistory;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Every record comes back as it was put in, on each database. */
@ParameterizedClass
@MethodSource("igpt.schema.TestDatabase#each")
class RecordsTest {

    private static final String SHA = "0123456789abcdef".repeat(4);

    private final TestDatabase database;
    private final JdbcClient jdbc;
    private final Artifacts artifacts;

    RecordsTest(TestDatabase.Opener opener) {
        database = opener.open();
        jdbc = database.jdbc();
        artifacts = new Artifacts(jdbc);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anArtifactIsBegunOnceAndFoundByWhatItDependsOn() {
        var execution = database.attempt(7, "prepare");
        var begun = begin(Kinds.DATASET, "cifar10", "f1", execution, List.of());

        assertThat(begin(Kinds.DATASET, "cifar10", "f1", execution, List.of())).isEqualTo(begun);
        assertThat(begun.run()).isEqualTo(7);
        assertThat(begun.complete()).isFalse();
        assertThat(artifacts.find(Kinds.DATASET, "f1")).contains(begun);
        assertThat(artifacts.newest(Kinds.DATASET)).isEmpty();
        assertThat(artifacts.ofRun(Kinds.DATASET, 7)).contains(begun);

        artifacts.complete(begun.id());
        var complete = artifacts.get(begun.id());
        assertThat(complete.completedAt()).isAfterOrEqualTo(complete.createdAt());
        assertThat(artifacts.newest(Kinds.DATASET)).contains(complete);
        assertThat(artifacts.named(Kinds.DATASET, "cifar10")).contains(complete);
        assertThat(artifacts.named(Kinds.DATASET, "other")).isEmpty();
        artifacts.complete(begun.id());
        assertThat(artifacts.get(begun.id())).isEqualTo(complete);
    }

    @Test
    void anUnfinishedArtifactIsFinishedByTheNextRunAndAFinishedOneStaysWhereItIs() {
        var begun = begin(Kinds.MODEL, "nano", "m1", database.attempt(1, "pretrain"), List.of());
        var later = begin(Kinds.MODEL, "nano", "m1", database.attempt(2, "reproduce"), List.of());
        assertThat(later.id()).isEqualTo(begun.id());
        assertThat(later.run()).isEqualTo(2);

        artifacts.complete(begun.id());
        assertThat(begin(Kinds.MODEL, "nano", "m1", database.attempt(3, "probe"), List.of())
                        .run())
                .isEqualTo(2);
    }

    @Test
    void ofTwoRunsThatBeginTheSameTogetherOneIsToldToWait() throws Exception {
        var one = database.attempt(1, "pretrain");
        var other = database.attempt(2, "reproduce");
        var transaction = new TransactionTemplate(
                new JdbcTransactionManager(database.database().dataSource()));
        var second = new FutureTask<>(() -> begin(Kinds.MODEL, "nano", "m1", other, List.of()));
        transaction.executeWithoutResult(first -> {
            begin(Kinds.MODEL, "nano", "m1", one, List.of());
            new Thread(second).start(); // it does not see the first, whose key has it wait
            assertThatThrownBy(() -> second.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        });
        assertThatThrownBy(second::get)
                .hasRootCauseInstanceOf(SQLException.class)
                .cause()
                .isInstanceOf(UserException.class)
                .hasMessage("another run has just begun to make the same model 'nano'; wait for it");
    }

    @Test
    void whatALiveRunIsMakingIsNotTakenFromIt() {
        var begun = begin(Kinds.MODEL, "nano", "m1", database.attempt(1, "pretrain"), List.of());
        var other = database.attempt(2, "reproduce");
        try (var lock = database.database().lock(1)) {
            assertThat(begin(Kinds.MODEL, "nano", "m1", database.attempt(lock.run(), "pretrain"), List.of()))
                    .isEqualTo(begun);
            assertThatThrownBy(() -> begin(Kinds.MODEL, "nano", "m1", other, List.of()))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("run 1 is making the same model 'nano': process ");
        }
        assertThat(begin(Kinds.MODEL, "nano", "m1", other, List.of()).run()).isEqualTo(2);
    }

    @Test
    void anArtifactKnowsWhatItWasMadeFrom() {
        var execution = database.attempt(1, "reproduce");
        var dataset = begin(Kinds.DATASET, "d", "f1", execution, List.of());
        var model = begin(Kinds.MODEL, "m", "f2", execution, List.of(dataset.id(), dataset.id()));
        begin(Kinds.FEATURES, "f", "f3", execution, List.of(dataset.id(), model.id()));

        assertThat(jdbc.sql("select artifact, input from lineage where input is not null order by 1, 2")
                        .query((row, number) -> row.getLong(1) + "<" + row.getLong(2))
                        .list())
                .containsExactly("2<1", "3<1", "3<2");
        assertThat(artifacts.ofRun(1)).hasSize(3);
    }

    @Test
    void aDatasetComesBackWithItsClassesPartsAndSkippedImages() {
        var id = begin(Kinds.DATASET, "d", "f1", database.attempt(1, "prepare"), List.of())
                .id();
        var datasets = new Datasets(jdbc);
        var dataset = new Dataset(
                id, "shapes", "cifar10", 32, 512, List.of("disc", "ring"), 90, 10, 20, 1, "palette.npy", SHA);
        datasets.addPart(new DatasetPart(id, "train", 1, "b.parquet", 40, SHA));
        datasets.addPart(new DatasetPart(id, "train", 0, "a.parquet", 1, SHA));
        datasets.addPart(new DatasetPart(id, "train", 0, "a.parquet", 50, SHA));
        datasets.addSkipped(List.of(new SkippedImage(id, "x.jpg", "first"), new SkippedImage(id, "y.jpg", "empty")));
        datasets.addSkipped(List.of(new SkippedImage(id, "x.jpg", "truncated")));
        datasets.add(new Dataset(id, "", null, 1, 2, List.of("x"), 0, 0, 0, 0, "", SHA));
        datasets.add(dataset);

        assertThat(datasets.get(id)).isEqualTo(dataset);
        assertThat(datasets.parts(id, "train"))
                .containsExactly(
                        new DatasetPart(id, "train", 0, "a.parquet", 50, SHA),
                        new DatasetPart(id, "train", 1, "b.parquet", 40, SHA));
        assertThat(datasets.parts(id, "test")).isEmpty();
        assertThat(datasets.skipped(id))
                .containsExactly(new SkippedImage(id, "x.jpg", "truncated"), new SkippedImage(id, "y.jpg", "empty"));
    }

    @Test
    void theBestCheckpointHasTheLowestValidationLoss() {
        var id = begin(Kinds.MODEL, "m", "f1", database.attempt(1, "pretrain"), List.of())
                .id();
        var checkpoints = new Checkpoints(jdbc);
        var first = new Checkpoint(id, 100, "c100", SHA, 3.5, 3.4);
        var second = new Checkpoint(id, 200, "c200", SHA, 3.1, null);
        checkpoints.add(second);
        checkpoints.add(new Checkpoint(id, 100, "c100", SHA, null, null));
        assertThat(checkpoints.best(id)).isEmpty();
        checkpoints.add(first);

        assertThat(checkpoints.all(id)).containsExactly(first, second);
        assertThat(checkpoints.newest(id)).contains(second);
        assertThat(checkpoints.best(id)).contains(first);
        checkpoints.delete(id, 200);
        assertThat(checkpoints.all(id)).containsExactly(first);
    }

    @Test
    void aSeriesIsReplacedAndCutOnResume() {
        var id = begin(Kinds.MODEL, "m", "f1", database.attempt(1, "pretrain"), List.of())
                .id();
        var metrics = new Metrics(jdbc);
        metrics.addAll(LongStream.range(0, 2_500)
                .mapToObj(i -> new Metric(id, i, "train_nats", -1))
                .toList());
        metrics.addAll(LongStream.range(0, 2_500)
                .mapToObj(i -> new Metric(id, i, "train_nats", 1.0 / (1 + i)))
                .toList());
        metrics.addAll(List.of(new Metric(id, 2, "learning_rate", Double.NaN)));
        metrics.addAll(List.of());

        assertThat(metrics.series(id, "train_nats")).hasSize(2_500).allSatisfy(metric -> assertThat(metric.value())
                .isEqualTo(1.0 / (1 + metric.iteration())));
        metrics.deleteAfter(id, 1);
        assertThat(metrics.series(id, "train_nats")).hasSize(2);
        assertThat(metrics.series(id, "learning_rate")).isEmpty();
    }

    @Test
    void featuresProbesAndProgressComeBack() {
        var execution = database.attempt(1, "probe");
        var id = begin(Kinds.FEATURES, "f", "f1", execution, List.of()).id();
        var parts = new FeatureParts(jdbc);
        var part = new FeaturePart(id, "trained", 3, "test", 0, "f.parquet", 10, 128, SHA, 0);
        var masked = new FeaturePart(id, "trained", 3, "test", 0, "m.parquet", 10, 128, SHA, 1);
        parts.add(List.of(masked));
        parts.add(List.of(part));
        parts.add(List.of(part));
        assertThat(parts.of(id, "trained", 3, "test")).containsExactly(part, masked);

        var probes = new Probes(jdbc);
        var probeId = begin(Kinds.PROBE, "p", "p1", execution, List.of(id)).id();
        var probe = new Probe(
                probeId, "pixels", 0, 0.1, 0.4, null, 12.5, 31, true, true, "p.npy", SHA, "sgd", 3.0, "p", 0.5);
        probes.add(new Probe(
                probeId, "pixels", 0, 1, 0.3, 0.2, 1, 1, false, false, "p.npy", SHA, "lbfgs", null, "q", null));
        probes.add(probe);
        assertThat(probes.of(probeId)).containsExactly(probe);

        var progress = new ProgressTable(jdbc);
        progress.set(Progress.of(execution, "train", 100, 900, "iterations"));
        progress.set(Progress.of(execution, "train", 200, 900, "iterations"));
        assertThat(progress.of(execution)).containsExactly(Progress.of(execution, "train", 200, 900, "iterations"));
    }

    @Test
    void aProbeIsJoinedToTheCheckpointItsFeaturesWereTakenOf() {
        var execution = database.attempt(1, "probe");
        var dataset = begin(Kinds.DATASET, "d", "f1", execution, List.of()).id();
        var model = begin(Kinds.MODEL, "m", "f2", execution, List.of(dataset)).id();
        var features = begin(Kinds.FEATURES, "f", "f3", execution, List.of(dataset, model))
                .id();
        var probe = begin(Kinds.PROBE, "p", "f4", execution, List.of(features)).id();
        new Checkpoints(jdbc).add(new Checkpoint(model, 200, "c200", SHA, 3.5, 3.25));
        var set = new FeatureSet(features, model, dataset, 200, "norm");
        new FeatureParts(jdbc).describe(set);
        new FeatureParts(jdbc).describe(set);
        new Probes(jdbc)
                .add(new Probe(
                        probe, "trained", 1, 1, 0.5, 0.75, 1, 1, true, true, "p", SHA, "lbfgs", null, "q", null));

        assertThat(jdbc.sql(
                                """
                                select c.iteration, c.validation_nats, p.test_accuracy, p.dataset
                                from probe_by_layer p
                                join checkpoint_history c on c.artifact = p.model and c.iteration = p.iteration
                                where p.best
                                """)
                        .query((row, number) ->
                                List.of(row.getLong(1), row.getDouble(2), row.getDouble(3), row.getString(4)))
                        .list())
                .containsExactly(List.of(200L, 3.25, 0.75, "d"));
    }

    @Test
    void resultsOfFewLabelsAreSummedUpByTheirNumber() {
        var execution = database.attempt(1, "lowdata");
        var id = begin(Kinds.LOWDATA, "l", "l1", execution, List.of()).id();
        var results = new LowDataResults(jdbc);
        double[] accuracies = {0.5, 0.25, 0.75};
        for (int subset = 0; subset < 3; subset++) {
            results.add(new LowDataResult(id, 4, subset, 2, accuracies[subset], 1.5, 9, true, "s" + subset, SHA));
        }
        results.add(new LowDataResult(id, 25, 0, 2, 0.875, 1.5, 9, true, "s", SHA));

        assertThat(results.of(id)).hasSize(4).extracting(LowDataResult::labels).containsExactly(4, 4, 4, 25);
        assertThat(results.summary(id))
                .containsExactly(
                        new LowDataResults.Summary(4, 3, 0.5, 0.25), new LowDataResults.Summary(25, 1, 0.875, 0));
        assertThat(jdbc.sql("select error, error_sd from lowdata_summary where labels = 4")
                        .query((row, number) -> List.of(row.getDouble(1), row.getDouble(2)))
                        .single())
                .containsExactly(0.5, 0.25);
        assertThat(jdbc.sql("select accuracy, accuracy_sd, error, error_sd from lowdata_summary where labels = 4")
                        .query()
                        .singleRow()
                        .values())
                .allMatch(Double.class::isInstance);
    }

    @Test
    void benchmarksOfOneCallHaveOneTime() {
        var provenance = new Provenance(SHA, "abc", 0, "17", "2.18", "cpu", "");
        new BenchResults(jdbc)
                .addAll(
                        List.of(
                                new BenchResult("train", "B=4", "images", 2, 1, 3, 5, "images/s", null, null),
                                new BenchResult(
                                        "train", "B=4", "model flop", 50, 40, 60, 5, "GFLOP/s", "product", 0.5)),
                        "2 x processor",
                        provenance);
        var history = new RunHistory(database.database());
        assertThat(history.query("select metric, median, ceiling, ceiling_share, git_commit from bench_history order by"
                                + " 1")
                        .rows())
                .containsExactly(
                        Arrays.asList("images", 2.0, null, null, "abc"),
                        List.of("model flop", 50.0, "product", 0.5, "abc"));
        assertThat(history.query("select distinct at, host from bench_history").rows())
                .hasSize(1);
    }

    @Test
    void nonsenseIsRefusedByTheTables() {
        var id = begin(Kinds.MODEL, "m", "f1", database.attempt(1, "pretrain"), List.of())
                .id();
        assertThatThrownBy(() -> new Checkpoints(jdbc).add(new Checkpoint(id, 1, "c", "short", null, null)))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> new Checkpoints(jdbc).add(new Checkpoint(99, 1, "c", SHA, null, null)))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> new Datasets(jdbc).addPart(new DatasetPart(id, "dev", 0, "p", 1, SHA)))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aSweepHasOneWinner() {
        var sweep = begin(Kinds.SWEEP, "pretrain", "s", database.attempt(7, "sweep"), List.of());
        var model = begin(Kinds.MODEL, "nano", "m", database.attempt(8, "pretrain"), List.of());
        database.attempt(9, "pretrain");
        var trials = new SweepTrials(jdbc);
        var diverged = new SweepTrial(sweep.id(), 1, 0.03, 9, null, null, null, false);
        var trained = new SweepTrial(sweep.id(), 2, 0.01, 8, model.id(), 2.5, null, false);
        trials.add(trained);
        trials.add(diverged);
        assertThat(trials.of(sweep.id())).containsExactly(diverged, trained);
        assertThat(trained.badness()).isLessThan(diverged.badness());
        assertThat(trials.winner(sweep.id())).isEmpty();
        trials.crown(sweep.id(), 1);
        trials.crown(sweep.id(), 2);
        assertThat(trials.winner(sweep.id()))
                .contains(new SweepTrial(sweep.id(), 2, 0.01, 8, model.id(), 2.5, null, true));
        assertThat(trials.of(sweep.id())).filteredOn(SweepTrial::winner).hasSize(1);
    }

    private Artifact begin(Kind kind, String name, String fingerprint, long execution, List<Long> inputs) {
        var provenance = new Provenance(SHA, "abc", 42, "17", "2.18", "cpu", "");
        return artifacts.begin(kind, name, fingerprint, execution, "runs/x", provenance, inputs);
    }
}
