package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run 1 reproduces; from 2 on its experiments: killed in some of them. */
class ExperimentsKilledTest {
    private static final String[] TINY = {
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
        "pixels=false"
    };
    /** Run 2 is BERT, 3 its probe, 4 few labels. */
    private static final String[] STUDY = Workplace.with(TINY, "experiments=bert,lowdata", "lowdata_labels=2");
    /** Run 2 sweeps fine-tuning in runs 3 and 4, run 5 the same from random weights in 6 and 7. */
    private static final String[] SEARCH = Workplace.with(
            TINY, "experiments=finetune", "finetune_learning_rate=0.01,0.0001", "finetune_iterations=200");

    @Test
    void aStudyKilledInItsExperimentsEndsInTheSameBytes(@TempDir Path left, @TempDir Path home) throws Exception {
        var undisturbed = Workplace.in(left);
        assertThat(undisturbed.run(0, STUDY)).contains("run 4 lowdata (few labels)");
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

    @Test
    void aSearchForTheFineTuningRateKilledInATrialEndsInTheSameBytes(@TempDir Path left, @TempDir Path home)
            throws Exception {
        var undisturbed = Workplace.in(left);
        undisturbed.run(0, SEARCH);
        var killed = Workplace.in(home);
        assertThat(killed.killOnceMade("runs/4-finetune/classifier/checkpoint-000100", SEARCH))
                .isTrue();
        assertThat(killed.ask(0, "runs", "--format", "csv"))
                .contains("1,1,reproduce,KILLED", "2,1,sweep,KILLED", "4,1,finetune,KILLED");
        killed.run(0, SEARCH);
        assertThat(killed.files()).isEqualTo(undisturbed.files());
        var select = "select run, place, learning_rate, trial_run, validation_accuracy, winner from sweep_trials"
                + " order by run, place";
        assertThat(killed.ask(0, "query", "--format", "csv", select))
                .isEqualTo(undisturbed.ask(0, "query", "--format", "csv", select))
                .containsPattern("(?s)2,1,0.01,3,.*2,2,.*,4,.*5,1,0.01,6,.*5,2,.*,7,");
        theReportTellsTheBestRatesAlone(undisturbed);
    }

    private static void theReportTellsTheBestRatesAlone(Workplace place) {
        var winners = place.ask(
                        0, "query", "--format", "csv", "select trial_run from sweep_trials where winner order by run")
                .lines()
                .skip(1);
        assertThat(place.ask(0, "report", "--format", "csv").lines())
                .filteredOn(line -> line.startsWith("table 3,shapes"))
                .extracting(line -> line.split(","))
                .extracting(fields -> fields[fields.length - 3]) // run, standard_error, images
                .containsExactlyElementsOf(winners.toList());
    }
}
