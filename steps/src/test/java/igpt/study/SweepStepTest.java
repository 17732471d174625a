package igpt.study;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;
import static igpt.study.SweepRecipe.SWEEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import igpt.config.ParameterSchema;
import igpt.recipe.ChildFailedException;
import igpt.recipe.ChildRuns;
import igpt.recipe.DivergedException;
import igpt.recipe.Input;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.runtime.ThisProcess;
import igpt.schema.InputException;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.Provenance;
import igpt.schema.artifact.classifier.Classifiers;
import igpt.schema.artifact.study.SweepTrial;
import igpt.schema.artifact.study.SweepTrials;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.Datasets;
import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.support.TransactionOperations;

/** The rule, on trainings that are told how they end. */
class SweepStepTest {
    private static final Provenance PROVENANCE = new Provenance("hash", "commit", 0, "17", "2", "cpu", "");
    private static final long RUN = 1;
    private static final int COLOURS = 64; // of which guessing costs 4.16 nats

    private Database database;
    private Artifacts artifacts;
    private SweepTrials trials;
    private Path runs;

    @BeforeEach
    void anEmptyDatabase(@TempDir Path runs) {
        this.runs = runs;
        database = Database.forJob(DatabaseSettings.embedded(runs));
        artifacts = new Artifacts(database.jdbc());
        trials = new SweepTrials(database.jdbc());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void itStopsAtTheFirstRiseAndTakesTheRateBefore() throws Exception {
        assertThat(sweep(Map.of(0.01, 3.0, 0.003, 2.0, 0.001, 2.5, 0.0003, 1.0)))
                .extracting(SweepTrial::validationNats, SweepTrial::winner)
                .containsExactly(tuple(3.0, false), tuple(2.0, true), tuple(2.5, false));
    }

    @Test
    void theLastRateWinsIfTheLossNeverRises() throws Exception {
        assertThat(sweep(Map.of(0.01, 3.0, 0.003, 2.0, 0.001, 2.0, 0.0003, 1.0)))
                .filteredOn(SweepTrial::winner)
                .extracting(SweepTrial::learningRate)
                .containsExactly(0.0003);
    }

    @Test
    void ratesThatDivergeAtTheBeginningArePassedOver() throws Exception {
        assertThat(sweep(Map.of(0.001, 2.0, 0.0003, 2.5)))
                .extracting(SweepTrial::validationNats, SweepTrial::winner)
                .containsExactly(tuple(null, false), tuple(null, false), tuple(2.0, true), tuple(2.5, false));
    }

    @Test
    void ifEveryRateDivergesTheUserIsToldSo() {
        assertThatThrownBy(() -> sweep(Map.of()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("diverged at every learning rate of 0.01,0.003,0.001,0.0003");
    }

    @Test
    void aLossAboveThatOfGuessingIsNoResult() throws Exception {
        assertThat(sweep(Map.of(0.01, 9.0, 0.003, 4.2, 0.001, 4.1, 0.0003, 4.15)))
                .extracting(SweepTrial::validationNats, SweepTrial::winner)
                .containsExactly(tuple(null, false), tuple(null, false), tuple(4.1, true), tuple(4.15, false));
    }

    @Test
    void theLeastOfLossesAboveThatOfGuessingIsNotTheBest() {
        assertThatThrownBy(() -> sweep(Map.of(0.01, 9.0, 0.003, 5.0, 0.001, 4.3, 0.0003, 4.2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ended above the 4.1589 nats a pixel of guessing");
    }

    @Test
    void withoutValidationImagesNothingIsTrained() {
        assertThatThrownBy(() -> sweep(Map.of(0.01, 3.0), 0))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("no validation images to compare the rates by");
    }

    private List<SweepTrial> sweep(Map<Double, Double> losses) throws Exception {
        return sweep(losses, 10);
    }

    /** @param losses by rate; of a rate that is not there the training diverges */
    private List<SweepTrial> sweep(Map<Double, Double> losses, int validationImages) throws Exception {
        var attempt = attempt(RUN, "sweep");
        var dataset = artifacts.begin(DATASET.kind(), "shapes", "d", attempt, "1/dataset", PROVENANCE, List.of());
        var datasets = new Datasets(database.jdbc());
        datasets.add(new Dataset(
                dataset.id(),
                "shapes",
                null,
                8,
                COLOURS,
                List.of("a", "b"),
                90,
                validationImages,
                0,
                0,
                "palette.npy",
                "0".repeat(64)));
        var parameters = ParameterSchema.of(SweepParameters.class).resolve(Map.of(), Map.of());
        var inputs = RunInputs.of(new Input.Dataset(dataset.fingerprint()));
        var run = new RunContext(
                "sweep", RUN, attempt, parameters, inputs, 0, runs, PROVENANCE, ThisProcess.settings("2"));
        var made = new RunArtifacts(run, artifacts, SILENT, TransactionOperations.withoutTransaction());
        var metrics = new Metrics(database.jdbc());
        var sweep = new SweepStep(
                run,
                made,
                new Told(losses),
                datasets,
                trials,
                new TrialResults(metrics, new Classifiers(database.jdbc())),
                SILENT,
                TransactionOperations.withoutTransaction());
        var job = new JobExecution(attempt, new JobInstance(RUN, "sweep"), new JobParameters());
        var step = new StepExecution(1, "trials", job);
        var contribution = new StepContribution(step);
        var chunk = new ChunkContext(new StepContext(step));
        while (sweep.execute(contribution, chunk) == RepeatStatus.CONTINUABLE) {
            assertThat(made.find(SWEEP).orElseThrow().complete()).isFalse();
        }
        assertThat(made.find(SWEEP).orElseThrow().complete()).isTrue();
        return trials.of(made.find(SWEEP).orElseThrow().id());
    }

    private long attempt(long run, String job) {
        database.jdbc()
                .sql("insert into batch_job_instance values (?, 0, ?, ?)")
                .params(run, job, "key" + run)
                .update();
        database.jdbc()
                .sql("insert into batch_job_execution (job_execution_id, job_instance_id, create_time)"
                        + " values (?, ?, localtimestamp)")
                .params(run, run)
                .update();
        return run;
    }

    private final class Told implements ChildRuns {
        private final Map<Double, Double> losses;
        private long run = RUN;

        Told(Map<Double, Double> losses) {
            this.losses = losses;
        }

        @Override
        public Child run(String job, Map<String, String> parameters, String purpose) {
            throw new AssertionError("the sweep's inputs are settled");
        }

        @Override
        public Child run(String job, Map<String, String> parameters, RunInputs inputs, String purpose) {
            run++;
            var attempt = attempt(run, job);
            var loss = losses.get(Double.valueOf(parameters.get("learning_rate")));
            if (loss == null) throw new ChildFailedException(run, "it diverged", new DivergedException(3, 1));
            Artifact model = artifacts.begin(MODEL.kind(), "nano", "m" + run, attempt, "m", PROVENANCE, List.of());
            new Metrics(database.jdbc()).addAll(List.of(new Metric(model.id(), 100, "final_validation_nats", loss)));
            return new Child(run, Map.of(MODEL.kind(), model));
        }
    }

    private static final ProgressReporter SILENT = new ProgressReporter() {
        @Override
        public Meter begin(String step, long done, long total, String unit, String rateUnit, double perUnit) {
            throw new AssertionError("a sweep has no meter");
        }

        @Override
        public void say(String line) {}
    };
}
