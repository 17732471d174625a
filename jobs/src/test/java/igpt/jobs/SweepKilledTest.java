package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Run 1 prepares, run 2 sweeps, from 3 on a run a rate; a run and its children stop, die and resume together. A shorter one
 * of its kind, in {@link ExperimentsKilledTest}, runs with every build.
 */
@Tag(Campaign.TAG)
class SweepKilledTest {
    private static final String[] PREPARE = {"run", "prepare", "images=60", "resolution=4", "colours=4"};
    private static final String[] SWEEP = {
        "run",
        "sweep",
        "rates=0.01,0.001,0.0001",
        "model=tiny",
        "batch=8",
        "iterations=400",
        "save_every=20",
        "validation_images=1",
        "keep=2"
    };

    @Test
    void aSweepKilledAndStoppedEndsInTheSameBytes(@TempDir Path left, @TempDir Path home) throws Exception {
        var undisturbed = Workplace.in(left);
        undisturbed.ask(0, PREPARE);
        var said = undisturbed.ask(0, SWEEP);
        assertThat(said).contains("run 3 pretrain (learning_rate 0.01)", "run 3: train ", "the best");
        var disturbed = Workplace.in(home);
        disturbed.ask(0, PREPARE);

        assertThat(disturbed.killOnceMade("runs/3-pretrain/model/checkpoint-000040", SWEEP))
                .isTrue();
        assertThat(disturbed.ask(0, "runs", "--format", "csv")).contains("2,1,sweep,KILLED", "3,1,pretrain,KILLED");

        var stopped = disturbed.start("resume"); // the sweep, not the child that began last
        assertThat(disturbed.awaitPath(stopped, "runs/4-pretrain/model/checkpoint-000040"))
                .isTrue();
        stopped.destroy(); // SIGTERM
        assertThat(stopped.waitFor()).isEqualTo(143);
        assertThat(disturbed.ask(0, "runs", "--format", "csv"))
                .contains("2,2,sweep,STOPPED", "4,1,pretrain,STOPPED", "3,2,pretrain,COMPLETED");

        assertThat(disturbed.ask(0, "resume", "4")).contains("run 4 pretrain resumes; it was STOPPED");
        assertThat(disturbed.ask(0, SWEEP))
                .contains("run 2 sweep resumes; it was STOPPED", "run 4 pretrain (learning_rate 0.001) is complete");
        assertThat(disturbed.files()).isEqualTo(undisturbed.files());
        for (var select : new String[] {
            "select place, learning_rate, trial_run, validation_nats, winner from sweep_trials order by place",
            "select run, iteration, train_nats, validation_nats from loss_curve order by 1, 2",
        }) {
            assertThat(disturbed.ask(0, "query", "--format", "csv", select))
                    .isEqualTo(undisturbed.ask(0, "query", "--format", "csv", select));
        }
        assertThat(disturbed.ask(0, "show", "2")).containsPattern("3 +pretrain +COMPLETED +learning_rate 0.01");
        assertThat(disturbed.ask(0, "show", "3")).contains("part of: run 2");
    }
}
