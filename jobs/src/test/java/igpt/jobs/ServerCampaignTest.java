package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igpt.testjobs.PrivatePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A server that is restarted, or ends all sessions, at random instants of a {@code reproduce} on a folder of photos. */
@Tag(Campaign.TAG)
class ServerCampaignTest {
    private static final int RESTARTS = Campaign.count("igpt.restarts", 50);

    /** Between two faults: several strike a run, and it gets somewhere in between. */
    private static final long MOST_MILLIS = 4000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path root;

    private enum Fault {
        IMMEDIATE {
            @Override
            void strike(PrivatePostgres server) throws Exception {
                server.restart("immediate");
            }
        },
        FAST {
            @Override
            void strike(PrivatePostgres server) throws Exception {
                server.restart("fast");
            }
        },
        SESSIONS {
            @Override
            void strike(PrivatePostgres server) throws Exception {
                server.endSessions();
            }
        };

        abstract void strike(PrivatePostgres server) throws Exception;
    }

    private String[] study() {
        return new String[] {
            "run",
            "reproduce",
            "data=" + root.resolve("photos"),
            "resolution=4",
            "colours=8",
            "part_rows=16",
            "model=tiny",
            "batch=8",
            "iterations=80",
            "save_every=5",
            "validation_images=10",
            "feature_batch=16"
        };
    }

    @Test
    void aServerThatRestartsAtRandomInstantsChangesNoByte() throws Exception {
        var installed = PrivatePostgres.installed();
        assumeTrue(installed.isPresent(), "PostgreSQL is not installed: .ci/run installs it");
        var random = Campaign.random("restarts");
        Photos.draw(root.resolve("photos"), 50, "jpg");
        var undisturbed = Workplace.in(root.resolve("undisturbed"));
        undisturbed.run(0, study());
        int restarts = 0;
        int ended = 0;
        try (var server = PrivatePostgres.start(installed.get())) {
            for (int run = 1; restarts < RESTARTS; run++) {
                var disturbed = Workplace.in(root.resolve("disturbed-" + run));
                var url = server.url() + "&currentSchema=run" + run;
                server.createSchema("run" + run);
                Files.writeString(
                        disturbed.home().resolve("config/application.yml"), "database:\n  url: " + url + "\n");
                int before = restarts;
                var process = disturbed.start(study());
                while (true) {
                    boolean over = process.waitFor(pause(random), TimeUnit.MILLISECONDS);
                    if (over && process.exitValue() == 0) break;
                    if (over) {
                        // What the server did before the run had begun, or too often without a commit.
                        ended++;
                        var said = Files.readString(disturbed.output());
                        assertThat(said).containsIgnoringCase("postgresql").doesNotContain("please report it");
                        process = disturbed.start(study());
                    } else if (restarts < RESTARTS) {
                        Fault.values()[random.nextInt(Fault.values().length)].strike(server);
                        restarts++;
                    }
                }
                System.out.printf("run %d: %d restarts, %d ended it so far%n", run, restarts - before, ended);
                check(disturbed, undisturbed);
            }
        }
        System.out.printf(
                "%d restarts, of which %d ended a process; no file differs of %d%n",
                restarts, ended, undisturbed.files().size());
    }

    private static long pause(Random random) {
        return 1 + random.nextLong(MOST_MILLIS);
    }

    private static void check(Workplace disturbed, Workplace undisturbed) throws Exception {
        var expected = files(undisturbed);
        var other = files(disturbed);
        expected.forEach((name, sha256) -> other.merge(name, sha256, (now, then) -> now.equals(then) ? null : now));
        assertThat(other.keySet())
                .as("files that differ in " + disturbed.home())
                .isEmpty();
        assertThat(rows(disturbed)).isEqualTo(rows(undisturbed));
    }

    /** A server that crashes may pass numbers over, so the only run need not be run 1. */
    private static Map<String, String> files(Workplace place) throws IOException {
        var files = new TreeMap<String, String>();
        place.files().forEach((name, sha256) -> files.put(name.replaceFirst("^\\d+-", ""), sha256));
        return files;
    }

    private static List<String> rows(Workplace place) {
        return place.rows().stream()
                .map(table -> table.replaceAll("\\b\\d+-reproduce/", "reproduce/"))
                .toList();
    }
}
