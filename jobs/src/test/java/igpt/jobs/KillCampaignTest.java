package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random instants, over all that {@code reproduce} does with a folder of photos. */
@Tag(Campaign.TAG)
class KillCampaignTest {
    private static final int KILLS = Campaign.count("igpt.kills", 100);
    private static final int A_RUN = 20; // then it is left alone: a run has to end some time

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path root;

    private String[] study() {
        return new String[] {
            "run",
            "reproduce",
            "data=" + root.resolve("photos"),
            "resolution=4",
            "colours=8",
            "part_rows=32",
            "model=tiny",
            "batch=8",
            "iterations=40",
            "save_every=10",
            "validation_images=10",
            "feature_batch=16",
            "experiments=milestones,bert,finetune,lowdata",
            "milestones=10,20",
            "lowdata_labels=2,4",
            "finetune_iterations=40"
        };
    }

    @Test
    void killsAtRandomInstantsChangeNoByte() throws Exception {
        var random = Campaign.random("kills");
        Photos.draw(root.resolve("photos"), 50, "jpg");
        var undisturbed = Workplace.in(root.resolve("undisturbed"));
        long began = System.nanoTime();
        undisturbed.run(0, study());
        long millis = (System.nanoTime() - began) / 1_000_000;
        var files = undisturbed.files();
        var rows = undisturbed.rows();
        int kills = 0;
        for (int run = 1; kills < KILLS; run++) {
            var killed = Workplace.in(root.resolve("killed-" + run));
            int before = kills;
            while (kills < KILLS && kills - before < A_RUN) {
                boolean begun =
                        Files.exists(killed.home().resolve("runs/1-reproduce")); // with all cores, as undisturbed
                var process = begun && random.nextInt(4) == 0 ? killed.startOnOneCore(study()) : killed.start(study());
                boolean ended = process.waitFor(random.nextLong(millis / 2), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
                if (ended) {
                    assertThat(process.exitValue())
                            .as(Files.readString(killed.output()))
                            .isZero();
                    break;
                }
                kills++;
            }
            killed.run(0, study());
            System.out.printf(
                    "run %d: %d kills, %d files%n",
                    run, kills - before, killed.files().size());
            var other = new TreeMap<>(killed.files());
            files.forEach((name, sha256) -> other.merge(name, sha256, (now, then) -> now.equals(then) ? null : now));
            assertThat(other.keySet())
                    .as("files that differ in " + killed.home())
                    .isEmpty();
            assertThat(killed.files()).hasSameSizeAs(files);
            assertThat(killed.rows()).isEqualTo(rows);
        }
        System.out.printf("%d kills, no file differs of %d%n", kills, files.size());
    }
}
