package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.file.Checksums;
import igpt.testjobs.TestIgpt;
import igpt.testjobs.TestIgpt.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Files, folders and databases that a user, or a disk, has taken away. */
class LostFilesTest {
    private static final String PREPARE = "run prepare data=shapes images=60 resolution=4 colours=4";
    private static final String PRETRAIN = "run pretrain model=tiny batch=8 iterations=4 save_every=2";
    private static final String PROBE = "run probe feature_batch=8 pixels=false untrained=false";

    @TempDir
    private static Path whole;

    private Path home;

    /** Run 1 prepares, 2 trains, 3 probes. */
    @BeforeAll
    static void threeRuns() throws IOException {
        TestIgpt.writeTinyModel(whole);
        for (var command : new String[] {PREPARE, PRETRAIN, PROBE}) {
            var answer = TestIgpt.askIgpt(whole, command.split(" "));
            assertThat(answer.code()).as(answer.toString()).isZero();
        }
    }

    @BeforeEach
    void aCopy(@TempDir Path home) throws Exception {
        this.home = home;
        new Workplace(whole).copyTo(home);
    }

    @Test
    void aModelThatIsGoneIsMadeAgainInTheSameBytesAndWhatWasMadeOfItStays() throws IOException {
        var before = files();
        remove("2-pretrain");
        assertThat(refused(PROBE + " seed=1"))
                .contains("model tiny of run 2 has lost files in")
                .contains("./igpt resume 2 makes them again");
        assertThat(completed(PRETRAIN)).contains("run 2 pretrain resumes; it was COMPLETED, and its files are gone");
        assertThat(files()).isEqualTo(before);
        assertThat(completed(PRETRAIN)).contains("complete already");
        assertThat(completed(PROBE)).contains("run 3 probe is complete already");
        assertThat(completed(PROBE + " seed=1")).contains("run 4 probe completed");
    }

    @Test
    void soIsADatasetByTheCommandThatTheRefusalNames() throws IOException {
        var before = files();
        remove("1-prepare");
        assertThat(refused(PRETRAIN + " seed=1"))
                .contains("dataset shapes of run 1 has lost files in")
                .contains("./igpt resume 1 makes them again");
        assertThat(completed("resume 1")).contains("run 1 prepare completed");
        assertThat(files()).isEqualTo(before);
        assertThat(completed(PRETRAIN)).contains("complete already");
    }

    @Test
    void soAreAProbeAndOneFileOfAnother() throws IOException {
        var before = files();
        remove("3-probe");
        remove("1-prepare/dataset/palette.npy");
        assertThat(refused(PROBE)).contains("./igpt resume 1 makes them again");
        assertThat(completed(PREPARE)).contains("run 1 prepare completed");
        assertThat(completed(PROBE)).contains("run 3 probe completed");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aDatabaseThatIsLostIsRebuiltFromTheFolders() throws IOException {
        var before = views();
        remove("igpt.mv.db");
        assertThat(refused(PROBE)).contains("./igpt rebuild takes them in").hasLineCount(1);
        assertThat(refused("runs")).contains("./igpt rebuild takes them in").hasLineCount(1);
        completed("rebuild");
        assertThat(views()).isEqualTo(before);
        assertThat(completed(PROBE)).contains("run 3 probe is complete already");
        assertThat(completed(PROBE + " solver=sgd sgd_iterations=10"))
                .contains("features tiny: unchanged since run 3", "run 4 probe completed");
        assertThat(completed("rebuild")).contains("the database knew all runs already");
    }

    @Test
    void aDamagedOneIsKeptAsideByThat() throws IOException {
        var before = views();
        Files.writeString(home.resolve("runs/igpt.mv.db"), "no database ".repeat(1000));
        assertThat(refused("runs")).contains("is damaged: ./igpt rebuild").hasLineCount(1);
        assertThat(completed("rebuild")).contains("the damaged database is now");
        assertThat(views()).isEqualTo(before);
        assertThat(home.resolve("runs/damaged.mv.db")).isRegularFile();
    }

    @Test
    void damagedHistoryIsLeftOutAndSaid() throws IOException {
        var run = home.resolve("runs/3-probe/history/run.json");
        Files.writeString(run, Files.readString(run).replace("\"probe\"", "\"prove\""));
        remove("igpt.mv.db");
        assertThat(completed("rebuild"))
                .contains("3-probe/history/run.json is damaged")
                .contains("probe tiny (3-probe/probe) is left out");
        assertThat(refused(PRETRAIN))
                .contains("does not know all runs")
                .contains("has 3-probe: ./igpt rebuild takes them in; what it leaves out, move away");
        Files.move(home.resolve("runs/3-probe"), home.resolve("away"));
        assertThat(completed(PRETRAIN)).contains("complete already");
        assertThat(completed(PROBE)).contains("run 4 probe completed");
    }

    @Test
    void theBackupIsTheDatabaseAsItWasWhenAnAttemptEnded() throws IOException {
        var before = views();
        remove("igpt.mv.db");
        try (var zip = new ZipInputStream(Files.newInputStream(home.resolve("runs/igpt.backup.zip")))) {
            var entry = zip.getNextEntry();
            assertThat(entry).isNotNull();
            assertThat(entry.getName()).isEqualTo("igpt.mv.db");
            Files.copy(zip, home.resolve("runs/igpt.mv.db"));
        }
        assertThat(views()).isEqualTo(before);
        assertThat(completed(PROBE)).contains("complete already");
    }

    @Test
    void aRunIsDeletedWhenNothingDependsOnIt() throws IOException {
        assertThat(refused("delete 2 --yes"))
                .contains("run 2 is needed by run 3 probe: ./igpt delete 2 --with-dependents --yes")
                .hasLineCount(1);
        assertThat(refused("delete 3")).contains("./igpt delete 3 --yes").hasLineCount(1);
        assertThat(home.resolve("runs/3-probe")).isDirectory();
        // As a deletion that was killed leaves it: the folder has its other name, the rows are there.
        Files.move(home.resolve("runs/3-probe"), home.resolve("runs/3-probe.deleted"));
        completed("delete 3 --yes");
        assertThat(home.resolve("runs/3-probe.deleted")).doesNotExist();
        assertThat(completed("runs --format csv")).doesNotContain("probe").contains("pretrain");
        assertThat(completed("delete 1 --with-dependents --yes")).contains("deleted run 2, run 1");
        assertThat(home.resolve("runs/1-prepare")).doesNotExist();
        assertThat(completed(PREPARE)).contains("run 4 prepare completed");
    }

    private void remove(String path) throws IOException {
        assertThat(FileSystemUtils.deleteRecursively(home.resolve("runs").resolve(path)))
                .as(path)
                .isTrue();
    }

    private String completed(String command) {
        var answer = ask(command);
        assertThat(answer.code()).as(answer.toString()).isZero();
        return answer.out();
    }

    private String refused(String command) {
        var answer = ask(command);
        assertThat(answer.code()).as(answer.toString()).isNotZero();
        return answer.err();
    }

    private Answer ask(String command) {
        return TestIgpt.askIgpt(home, command.split(" "));
    }

    private String views() {
        return AllViews.of(home);
    }

    private Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        var runs = home.resolve("runs");
        try (var all = Files.walk(runs)) {
            for (var file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                var name = runs.relativize(file).toString();
                if (name.contains("/") && !name.endsWith("log.txt") && !name.contains("/history/")) {
                    files.put(name, Checksums.sha256(file));
                }
            }
        }
        return files;
    }
}
