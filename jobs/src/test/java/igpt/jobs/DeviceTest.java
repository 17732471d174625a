package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import igpt.device.Gpus;
import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceTest {
    private static final String[] PREPARE = {"run", "prepare", "images=60", "resolution=4", "colours=4"};

    @TempDir
    private Path home;

    /** Devices round differently, so the weights would be neither's. */
    @Test
    void whatAnotherDeviceLeftHalfMadeIsNotResumed() throws Exception {
        Workplace place = Workplace.in(home);
        place.ask(0, PREPARE);
        String[] pretrain = {"run", "pretrain", "model=tiny", "batch=8", "iterations=2000", "save_every=5", "device=cpu"
        };
        assertThat(place.killOnceMade("runs/2-pretrain/model/checkpoint-000010", pretrain))
                .isTrue();
        try (Database database = Database.forJob(DatabaseSettings.embedded(home.resolve("runs")))) {
            database.jdbc()
                    .sql("update artifact set device = 'NVIDIA H200' where kind = 'MODEL'")
                    .update();
        }
        assertThat(place.ask(1, pretrain))
                .contains("run 2 began its model on another device (NVIDIA H200, now cpu)")
                .contains("--again");
        assertThat(place.ask(0, "query", "select kind, device from lineage"))
                .contains("NVIDIA H200")
                .contains("cpu");
    }

    @Test
    void aGpuIsRefusedBeforeAnythingBeginsWhereThereIsNone() throws Exception {
        assumeThat(Gpus.built()).isFalse();
        Workplace place = Workplace.in(home);
        place.ask(0, PREPARE);
        assertThat(place.ask(1, "run", "pretrain", "model=tiny", "device=gpu"))
                .contains("this build has no GPU support: ./igpt --gpu …; or give device=cpu");
        assertThat(place.ask(2, "run", "pretrain", "model=tiny", "device=tpu")).contains("'device' cannot be 'tpu'");
        assertThat(place.ask(0, "runs")).doesNotContain("pretrain");
    }
}
