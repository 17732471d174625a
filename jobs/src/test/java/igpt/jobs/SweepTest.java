package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.testjobs.TestIgpt;
import igpt.testjobs.TestIgpt.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    private static final String TRIALS =
            "select learning_rate, trial_run, diverged, winner from sweep_trials" + " where run = %d order by place";

    private Path home;

    @BeforeEach
    void aDataset(@TempDir Path home) throws IOException {
        this.home = home;
        TestIgpt.writeTinyModel(home);
        assertThat(igpt("run", "prepare", "images=60", "resolution=4", "colours=4")
                        .code())
                .isZero();
    }

    /** So few updates that a smaller rate is a worse one. */
    @Test
    void itStopsWhereTheLossRises() {
        var swept = sweep("rates=0.01,0.001,0.0001");
        assertThat(swept.code()).as(swept.toString()).isZero();
        assertThat(trials(2)).isEqualTo("0.01,3,false,true\n0.001,4,false,false\n");
        assertThat(sweep("rates=0.01,0.001,0.0001").out()).contains("run 2 sweep is complete already");
        assertThat(igpt("run", "probe", "checkpoint=2").out())
                .contains("learning_rate 0.01, the best of sweep 2")
                .contains("model tiny (run 3)");
    }

    @Test
    void aRunOfTheSameParametersIsTakenAndNotDoneAgain() {
        igpt("run", "pretrain", "model=tiny", "batch=8", "iterations=10", "learning_rate=0.01");
        assertThat(sweep("rates=0.01,0.001").out()).contains("run 2 pretrain (learning_rate 0.01) is complete already");
        assertThat(trials(3)).isEqualTo("0.01,2,false,true\n0.001,4,false,false\n");
        assertThat(igpt("show", "3").out()).containsPattern("0\\.01 +2 .*false +true\\n +0\\.001 +4 .*false +false");
    }

    @Test
    void fineTuningIsSweptByItsAccuracy() {
        igpt("run", "pretrain", "model=tiny", "batch=8", "iterations=10");
        var swept = igpt("run", "sweep", "of=finetune", "iterations=4", "batch=8", "rates=0.01,0.0001");
        assertThat(swept.code()).as(swept.toString()).isZero();
        assertThat(igpt("query", "select validation_accuracy is not null as known from sweep_trials", "--format", "csv")
                        .out())
                .isEqualTo("known\ntrue\ntrue\n");
        assertThat(igpt("query", "--format", "csv", "select parameters from run_history where run = 3")
                        .out())
                .contains("patience=5") // fine-tuning's own, with its default
                .doesNotContain("keep=");
        assertThat(igpt("run", "probe", "checkpoint=3").err()).contains("is a sweep, and not of models");
    }

    @Test
    void aTrainingMayBeginWithTheWeightsOfAnother() {
        igpt("run", "pretrain", "model=tiny", "batch=8", "iterations=40", "seed=1");
        var further = igpt("run", "pretrain", "model=tiny", "batch=8", "iterations=10", "checkpoint=2");
        assertThat(further.out()).contains("model tiny (run 2), iteration 40", "run 3 pretrain completed");
        assertThat(igpt(
                                "query",
                                "--format",
                                "csv",
                                "select l.run, f.train_nats > l.train_nats as lower from loss_curve f, loss_curve l"
                                        + " where f.run = 2 and l.run = 3 and f.iteration = 1 and l.iteration = 1")
                        .out())
                .isEqualTo("run,lower\n3,true\n");
        assertThat(igpt("run", "pretrain", "model=tiny", "batch=8", "checkpoint=2", "objective=bert")
                        .err())
                .isEqualTo("igpt: checkpoint 2 is a model ar of 1 layer of width 8 in 2 heads, not bert of 1 layer of"
                        + " width 8 in 2 heads: give its model and objective\n");
        assertThat(igpt("run", "sweep", "model=tiny", "batch=8", "iterations=5", "rates=0.01,0.001", "checkpoint=2")
                        .code())
                .isZero();
    }

    @Test
    void eachJobsOwnDefaultsAreTold() {
        assertThat(igpt("jobs", "sweep").out())
                .containsPattern("(?s)PARAMETERS WITH OF PRETRAIN.*iterations +1200.*OF FINETUNE.*iterations +2000");
    }

    @Test
    void ratesMustFall() {
        assertThat(sweep("rates=0.001,0.01")).isEqualTo(bad("0.001,0.01"));
        assertThat(sweep("rates=0.01,")).isEqualTo(bad("0.01,"));
        assertThat(sweep("rates=0.01", "learning_rate=0.01").err())
                .contains("unknown parameter 'learning_rate'")
                .hasLineCount(1);
    }

    private static Answer bad(String rates) {
        return new Answer(
                2,
                "",
                "igpt: parameter 'rates' cannot be '" + rates
                        + "': it must be numbers from the largest down, above 0 and at most 10, with commas between\n");
    }

    private Answer sweep(String... more) {
        return igpt(Stream.of(Stream.of("run", "sweep", "model=tiny", "batch=8", "iterations=10"), Stream.of(more))
                .flatMap(arguments -> arguments)
                .toArray(String[]::new));
    }

    private String trials(int run) {
        return igpt("query", "--format", "csv", TRIALS.formatted(run)).out().replaceFirst(".*\n", "");
    }

    private Answer igpt(String... arguments) {
        return TestIgpt.askIgpt(home, arguments);
    }
}
