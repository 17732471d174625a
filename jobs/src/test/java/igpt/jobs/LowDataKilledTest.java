package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers of few labels, killed between subsets; compared byte for byte with a run that was left alone. */
class LowDataKilledTest {
    private static final String[] FEW = {"run", "lowdata", "labels=1,3,9", "subsets=6", "feature_batch=16"};
    private static final String RESULTS = "select labels, subset, layer, accuracy, objective, iterations, sha256"
            + " from lowdata_results order by labels, subset";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void aModelWithItsProbe() throws Exception {
        Workplace.in(folder.resolve("left")).ask(0, Workplace.TINY);
        new Workplace(folder.resolve("left")).copyTo(folder.resolve("killed"));
    }

    @Test
    void aRunKilledBetweenSubsetsEndsInTheSameBytes() throws Exception {
        Workplace left = new Workplace(folder.resolve("left"));
        assertThat(left.ask(0, FEW))
                .contains("features tiny: unchanged since run 1")
                .contains("probe tiny: unchanged since run 1")
                .contains("labels a class");
        Workplace killed = new Workplace(folder.resolve("killed"));
        for (String made : List.of("labels-0001/subset-00.npy", "labels-0003/subset-01.npy")) {
            killed.killOnceMade("runs/2-lowdata/lowdata/" + made, FEW); // or it is through already
        }
        killed.ask(0, FEW);
        assertThat(killed.files()).isEqualTo(left.files());
        String results = left.ask(0, "query", "--format", "csv", RESULTS);
        assertThat(results.lines()).hasSize(1 + 3 * 6);
        assertThat(killed.ask(0, "query", "--format", "csv", RESULTS)).isEqualTo(results);
    }
}
