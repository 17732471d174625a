package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run 1 reproduces; 2 is BERT, 3 its probe, 4 few labels: killed in some of them. */
class ExperimentsKilledTest {
    private static final String[] STUDY = {
        "run",
        "reproduce",
        "images=60",
        "resolution=4",
        "colours=4",
        "model=tiny",
        "batch=8",
        "iterations=20",
        "save_every=5",
        "feature_batch=8",
        "untrained=false",
        "pixels=false",
        "experiments=bert,lowdata",
        "lowdata_labels=2"
    };

    @Test
    void aStudyKilledInItsExperimentsEndsInTheSameBytes(@TempDir Path left, @TempDir Path home) throws Exception {
        var undisturbed = Workplace.in(left);
        assertThat(undisturbed.ask(0, STUDY)).contains("run 4 lowdata (few labels)");
        var killed = Workplace.in(home);
        for (var made :
                new String[] {"2-pretrain/model/checkpoint-000010", "4-lowdata/lowdata/labels-0002/subset-01.npy"}) {
            assertThat(killed.killOnceMade("runs/" + made, STUDY)).as(made).isTrue();
        }
        assertThat(killed.ask(0, "runs", "--format", "csv")).contains("1,2,reproduce,KILLED", "4,1,lowdata,KILLED");
        assertThat(killed.ask(0, "resume")).contains("run 1 reproduce completed"); // not the child that began last
        assertThat(killed.files()).isEqualTo(undisturbed.files());
        for (var select : new String[] {
            "select run, network, layer, test_accuracy, vote_accuracy from probe_by_layer order by 1, 2, 3",
            "select run, labels, subset, accuracy, sha256 from lowdata_results order by 1, 2, 3"
        }) {
            assertThat(killed.ask(0, "query", "--format", "csv", select))
                    .isEqualTo(undisturbed.ask(0, "query", "--format", "csv", select));
        }
    }
}
