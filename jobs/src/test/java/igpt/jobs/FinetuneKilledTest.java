package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A BERT in micro-batches is trained, fine-tuned, refitted and tested, and killed in each of these. */
class FinetuneKilledTest {
    private static final String[] PREPARE = {"run", "prepare", "images=60", "resolution=4", "colours=4"};
    private static final String[] PRETRAIN = {
        "run",
        "pretrain",
        "objective=bert",
        "model=tiny",
        "batch=8",
        "micro_batch=4",
        "iterations=60",
        "save_every=20",
        "milestones=0.25"
    };
    private static final String[] FINETUNE = {
        "run",
        "finetune",
        "batch=8",
        "recompute=true",
        "iterations=120",
        "save_every=20",
        "patience=2",
        "fold_back=true"
    };
    private static final String RESULTS = "select run, start, loss, layer, iteration, validation_accuracy,"
            + " test_accuracy, vote_accuracy, protocol from classifier_results order by artifact";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void aDataset() throws Exception {
        Workplace.in(folder.resolve("left")).ask(0, PREPARE);
        new Workplace(folder.resolve("left")).copyTo(folder.resolve("killed"));
    }

    @Test
    void aRunKilledInEveryStepEndsInTheSameBytes() throws Exception {
        Workplace left = new Workplace(folder.resolve("left"));
        left.ask(0, PRETRAIN);
        assertThat(left.ask(0, FINETUNE)).contains("by vote of the masks");
        Workplace killed = new Workplace(folder.resolve("killed"));
        kill(killed, PRETRAIN, "runs/2-pretrain/model/checkpoint-000015", "runs/2-pretrain/model/checkpoint-000040");
        kill(
                killed,
                FINETUNE,
                "runs/3-finetune/classifier/checkpoint-000040",
                "runs/3-finetune/classifier-folded/training.properties",
                "runs/3-finetune/classifier-folded/checkpoint-000020");
        assertThat(killed.files()).isEqualTo(left.files());
        assertThat(killed.files().keySet()).contains("2-pretrain/model/checkpoint-000015/weights.index");
        String results = left.ask(0, "query", "--format", "csv", RESULTS);
        assertThat(results.lines()).hasSize(1 + 2);
        assertThat(killed.ask(0, "query", "--format", "csv", RESULTS)).isEqualTo(results);
        assertThat(killed.rows()).isEqualTo(left.rows());
    }

    private static void kill(Workplace place, String[] run, String... whenMade) throws Exception {
        for (String made : List.of(whenMade)) {
            place.killOnceMade(made, run); // or it is through already
        }
        place.ask(0, run);
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingBegins() throws Exception {
        Workplace place = new Workplace(folder.resolve("refused"));
        FileSystemUtils.copyRecursively(folder.resolve("left/config"), folder.resolve("refused/config"));
        assertThat(place.ask(2, FINETUNE)).contains("there is no model yet");
        assertThat(place.ask(2, "run", "finetune", "micro_batch=3")).contains("it must divide batch, 32");
        assertThat(place.ask(2, "run", "pretrain", "milestones=0.5,x")).contains("'milestones' cannot hold 'x'");
    }
}
