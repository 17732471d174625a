package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.db.DatabaseSettings;
import igpt.schema.folder.Rebuild;
import igpt.testjobs.TestIgpt;
import igpt.testjobs.TestIgpt.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reproduce launches in addition to the main job. */
class ExperimentsTest {
    private static final String[] TINY = {
        "run",
        "reproduce",
        "images=60",
        "resolution=4",
        "colours=4",
        "model=tiny",
        "batch=8",
        "iterations=10",
        "milestones=0.3",
        "feature_batch=8"
    };

    private Path home;

    @BeforeEach
    void aModelSize(@TempDir Path home) throws IOException {
        this.home = home;
        TestIgpt.writeTinyModel(home);
    }

    @Test
    void eachIsARunOfItsOwn() throws Exception {
        assertThat(reproduce(
                                "experiments=milestones,bert,finetune,lowdata",
                                "finetune_iterations=4",
                                "lowdata_labels=2")
                        .out())
                .contains("run 1 reproduce completed");
        assertThat(query("select run, job, status, parent from run_history order by run"))
                .isEqualTo(
                        """
                        run,job,status,parent
                        1,reproduce,COMPLETED,
                        2,probe,COMPLETED,1
                        3,pretrain,COMPLETED,1
                        4,probe,COMPLETED,1
                        5,finetune,COMPLETED,1
                        6,finetune,COMPLETED,1
                        7,finetune,COMPLETED,1
                        8,lowdata,COMPLETED,1
                        """);
        assertThat(query("select run, iteration from probe_by_layer where best order by run, network"))
                .isEqualTo("run,iteration\n1,10\n1,10\n1,10\n2,3\n4,10\n");
        assertThat(query("select run, labels, subsets from lowdata_summary")).isEqualTo("run,labels,subsets\n8,2,5\n");
        assertThat(query("select run, objective, start from classifier_results order by run"))
                .isEqualTo("run,objective,start\n5,ar,pretrained\n6,bert,pretrained\n7,ar,random\n");
        assertThat(query("select run, objective, width from model_catalogue order by run"))
                .isEqualTo("run,objective,width\n1,ar,8\n3,bert,8\n");
        whatEachFoundIsShown();
        allOfItIsRebuilt();
    }

    private void whatEachFoundIsShown() {
        assertThat(shown(4, "probes")).startsWith("network,layer,").contains("\ntrained,1,");
        assertThat(shown(5, "classifiers")).startsWith("start,loss,layer,").contains("\npretrained,joint,1,");
        assertThat(shown(7, "classifiers")).contains("\nrandom,joint,1,");
        assertThat(shown(7, "checkpoints")).contains("\n4,");
        assertThat(shown(8, "few_labels"))
                .startsWith("labels,subsets,accuracy,")
                .contains("\n2,5,");
        assertThat(TestIgpt.askIgpt(home, "show", "6").out()).contains("CLASSIFIERS", "CHECKPOINTS");
    }

    private String shown(int run, String table) {
        return TestIgpt.askIgpt(home, "show", "" + run, "--format", "csv", "--table", table)
                .out();
    }

    /** Its database lost: into the embedded one, and, to another, into an empty PostgreSQL. */
    private void allOfItIsRebuilt() throws Exception {
        var runs = home.resolve("runs");
        var before = AllViews.of(home);
        Files.delete(runs.resolve("igpt.mv.db"));
        assertThat(TestIgpt.askIgpt(home, "rebuild").code()).isZero();
        assertThat(AllViews.of(home)).isEqualTo(before);
        var url = System.getenv("IGPT_TEST_POSTGRES");
        if (url == null) return;
        var schema = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = DriverManager.getConnection(url);
                var sql = connection.createStatement()) {
            sql.execute("create schema " + schema);
            try {
                var settings = new DatabaseSettings(runs, url + "&currentSchema=" + schema, null, null);
                var said = new ArrayList<String>();
                assertThatThrownBy(() -> Rebuild.run(settings, false, said::add))
                        .hasMessageContaining("is not lost, it is there");
                var embedded = AllViews.roughly(DatabaseSettings.embedded(runs));
                Files.delete(runs.resolve("igpt.mv.db"));
                Rebuild.run(settings, false, said::add);
                assertThat(said).allMatch(line -> line.startsWith("taken in: "));
                assertThat(AllViews.roughly(settings)).isEqualTo(embedded);
            } finally {
                sql.execute("drop schema " + schema + " cascade");
            }
        }
    }

    @Test
    void askedForLaterTheMainJobIsNotDoneAgain() {
        assertThat(reproduce().out()).doesNotContain("milestone 3");
        assertThat(reproduce("experiments=milestones").out())
                .contains("model tiny: unchanged since run 1", "run 3 probe (milestone 3)");
    }

    @Test
    void theLastModelMayLearnFromTheValidationImagesToo() {
        assertThat(reproduce().out()).contains("run 1 reproduce completed");
        assertThat(reproduce("train_on=all").out())
                .contains("dataset shapes: unchanged since run 1", "run 2 reproduce completed");
        assertThat(query("select run, count(validation_nats) > 0 as validated, count(test_nats) as tested"
                        + " from loss_curve group by run order by run"))
                .isEqualTo("run,validated,tested\n1,true,1\n2,false,1\n");
    }

    @Test
    void whatCannotBeIsSaidAtOnce() {
        assertThat(reproduce("experiments=brt").err())
                .isEqualTo("igpt: parameter 'experiments' cannot hold 'brt': did you mean 'bert'?\n");
        assertThat(reproduce("experiments=milestones", "milestones=").err())
                .contains("give milestones=0.065,")
                .hasLineCount(1);
    }

    private String query(String sql) {
        return TestIgpt.askIgpt(home, "query", "--format", "csv", sql).out();
    }

    private Answer reproduce(String... more) {
        var given = Stream.of(TINY)
                .filter(tiny -> Stream.of(more).noneMatch(one -> one.startsWith(tiny.replaceFirst("=.*", "="))));
        return TestIgpt.askIgpt(home, Stream.concat(given, Stream.of(more)).toArray(String[]::new));
    }
}
