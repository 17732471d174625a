package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What decides how sums are rounded is a run's, not a process's. */
class RuntimeKeptTest {
    private static final String[] PREPARE = {"run", "prepare", "images=60", "resolution=4", "colours=4"};
    private static final String[] PRETRAIN = {
        "run", "pretrain", "model=tiny", "batch=8", "iterations=2000", "save_every=5", "device=cpu"
    };
    private static final String[] SHORT = {
        "run", "pretrain", "model=tiny", "batch=8", "iterations=10", "save_every=5", "validation_images=5"
    };

    @TempDir
    private Path home;

    private void update(String sql) {
        try (Database database = Database.forJob(DatabaseSettings.embedded(home.resolve("runs")))) {
            assertThat(database.jdbc().sql(sql).update()).isPositive();
        }
    }

    @Test
    void aProcessThatWouldRoundDifferentlyDoesNotResumeIt() throws Exception {
        Workplace place = Workplace.in(home);
        place.ask(0, PREPARE);
        assertThat(place.killOnceMade("runs/2-pretrain/model/checkpoint-000010", PRETRAIN))
                .isTrue();
        assertThat(place.ask(0, "query", "select runtime from lineage where kind = 'MODEL'"))
                .contains(" threads, 1 an operation; TensorFlow ");
        update("update artifact set runtime = '16 threads' where kind = 'MODEL'");
        assertThat(place.ask(1, "resume"))
                .contains("run 2 began its model with other settings, which round differently (16 threads; now ")
                .contains("--again");
        update("update run_runtime set flags = 'XLA_FLAGS=--fast' where run = 2");
        assertThat(place.ask(1, "resume"))
                .contains("run 2 began with other settings in the environment, which may round differently"
                        + " (then XLA_FLAGS=--fast; now ");
        update("update run_runtime set tensorflow = '0.9' where run = 2");
        assertThat(place.ask(1, "resume")).contains("run 2 began with TensorFlow 0.9, and this is ");
    }

    @Test
    void itIsResumedWithAsManyPartsAtATimeAsItBeganWith() throws Exception {
        Workplace place = Workplace.in(home);
        place.ask(0, PREPARE);
        place.ask(0, SHORT);
        update("update run_runtime set threads = 7, micro_batch = 4, processor = 'an older one' where run = 2");
        update("update batch_job_execution set status = 'FAILED' where job_instance_id = 2");
        update("update artifact set runtime = '', completed_at = null where kind = 'MODEL'");
        assertThat(place.ask(0, "resume", "2")).contains("run 2 began on another processor (an older one)");
        assertThat(place.ask(
                        0, "query", "--format", "csv", "select threads, micro_batch from run_runtime where run = 2"))
                .contains("7,4");
    }

    @Test
    void aRunThatAnotherLaunchesComputesAsThatDoes() throws Exception {
        Workplace place = Workplace.in(home);
        place.ask(0, PREPARE);
        String[] sweep = Workplace.with(SHORT, "rates=0.01");
        sweep[1] = "sweep";
        place.ask(0, sweep);
        update("update run_runtime set threads = 7 where run = 2");
        update("delete from run_runtime where run = 3");
        place.ask(0, Workplace.with(sweep, "--again"));
        assertThat(place.ask(0, "query", "--format", "csv", "select run, threads from run_runtime order by run"))
                .contains("2,7", "4,7", "5,7");
    }

    @Test
    void aRunThatRepeatsAnotherComputesAsThatDid() throws Exception {
        Workplace place = Workplace.in(home);
        place.ask(0, PREPARE);
        place.ask(0, SHORT);
        update("update run_runtime set threads = 7, micro_batch = 4 where run = 2");
        place.ask(0, Workplace.with(SHORT, "--again"));
        assertThat(place.ask(
                        0, "query", "--format", "csv", "select threads, micro_batch from run_runtime where run = 3"))
                .contains("7,4");
        assertThat(home.resolve("runs/3-pretrain/model/training.properties"))
                .content()
                .contains("micro_batch=4");
    }
}
