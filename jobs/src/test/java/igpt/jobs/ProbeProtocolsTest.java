package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One small model, probed in every way there is. */
class ProbeProtocolsTest {
    @TempDir
    private static Path folder;

    private static Workplace place;

    @BeforeAll
    static void aModelWithAMilestone() throws Exception {
        place = Workplace.in(folder);
        place.ask(0, Workplace.with(Workplace.TINY, "milestones=10", "keep=1"));
    }

    private static List<String> query(String select) throws Exception {
        return place.ask(0, "query", "--format", "csv", select).lines().skip(1).toList();
    }

    @Test
    void theProtocolAndTheRateChosenAreWrittenBesideTheResult() throws Exception {
        String said = place.ask(
                0, "run", "probe", "checkpoint=1", "solver=sgd", "sgd_iterations=60", "sgd_batch=16", "concat=3");
        assertThat(said)
                .contains("features tiny: unchanged since run 1")
                .containsPattern("layers 0 to 2 side by side: \\d+\\.\\d\\d");
        assertThat(query("select distinct solver, protocol from probe_by_layer where solver = 'sgd' order by 2"))
                .containsExactly(
                        "sgd,layers 0 to 2 side by side; learning rate chosen on validation;"
                                + " refitted on train and validation; tested once",
                        "sgd,learning rate chosen on validation; refitted on train and validation; tested once");
        assertThat(query("select learning_rate from probe_by_layer where solver = 'sgd'"))
                .hasSize(8)
                .allMatch(rate -> Double.parseDouble(rate) >= 0.001 && Double.parseDouble(rate) <= 30);
        assertThat(query("select layer from probe_by_layer where network = 'concat'"))
                .isEqualTo(query(
                        "select layer from probe_by_layer where network = 'trained' and best" + " and solver = 'sgd'"));
        place.ask(0, "run", "probe", "checkpoint=1", "fold_back=false");
        assertThat(query("select distinct protocol from probe_by_layer where protocol like '%alone%'"))
                .containsExactly("l2 chosen on validation; fitted on train alone; tested once");
    }

    @Test
    void theProbeOfEveryMilestoneStandsBesideItsValidationLoss() throws Exception {
        place.ask(0, "run", "probe", "checkpoint=1@10", "untrained=false", "pixels=false");
        assertThat(
                        query(
                                """
                        select distinct c.iteration
                        from probe_by_layer p
                        join checkpoint_history c on c.artifact = p.model and c.iteration = p.iteration
                        where p.best and p.network = 'trained' and c.validation_nats > 0 and p.test_accuracy > 0
                        order by 1
                        """))
                .containsExactly("10", "40");
    }

    @Test
    void anotherDatasetIsProbedIfItsColoursAndSizeAreTheModels() throws Exception {
        String[] prepare = {"run", "prepare", "data=shapes", "seed=9", "images=60"};
        place.ask(0, Workplace.with(prepare, "name=larger", "resolution=10", "colours=8"));
        assertThat(place.ask(2, "run", "probe", "checkpoint=1", "dataset=larger"))
                .contains("has 10 x 10 pixels, the model 8 x 8: ./igpt run prepare data=… resolution=8 colours=8");
        place.ask(0, Workplace.with(prepare, "name=foreign", "resolution=8", "colours=8"));
        String refused = place.ask(2, "run", "probe", "checkpoint=1", "dataset=foreign");
        Path palette = folder.resolve("runs/1-reproduce/dataset/palette.npy");
        assertThat(refused).contains("has another palette than the model").contains("palette=" + palette);
        assertThat(Files.exists(palette)).isTrue();

        place.ask(0, Workplace.with(prepare, "name=related", "resolution=8", "colours=8", "palette=" + palette));
        assertThat(place.ask(0, "run", "probe", "checkpoint=1", "dataset=related", "untrained=false"))
                .contains("test accuracy of a linear probe");
        assertThat(query("select distinct l.input_kind, l.input_name from probe_by_layer p"
                        + " join lineage f on f.artifact = p.artifact join lineage l on l.artifact = f.input"
                        + " where p.dataset = 'related' order by 1"))
                .containsExactly("DATASET,related", "MODEL,tiny");
    }

    @Test
    void aBertModelIsAskedUnderSeveralMasksThatVote() throws Exception {
        String[] pretrain = {"run", "pretrain", "objective=bert", "mask_rate=0.3", "dataset=shapes", "model=tiny"};
        place.ask(0, Workplace.with(pretrain, "batch=8", "iterations=4", "save_every=4", "validation_images=15"));
        long run = Long.parseLong(query("select max(run) from model_catalogue where objective = 'bert'")
                .get(0));
        assertThat(place.ask(0, "run", "probe", "checkpoint=" + run, "masks=3", "untrained=false"))
                .contains("of one mask an image / of the vote of several");
        assertThat(query("select distinct network, split, mask from feature_part where features_id ="
                        + " (select max(features_id) from feature_set) and layer = 0 order by 1, 2, 3"))
                .containsExactly(
                        "pixels,test,0",
                        "pixels,train,0",
                        "pixels,validation,0",
                        "trained,test,0",
                        "trained,test,1",
                        "trained,test,2",
                        "trained,train,0",
                        "trained,validation,0",
                        "trained,validation,1",
                        "trained,validation,2");
        assertThat(query("select distinct network, protocol from probe_by_layer where vote_accuracy is not null"))
                .containsExactly("trained,l2 chosen on validation under 3 masks an image;"
                        + " refitted on train and validation; tested once");
        assertThat(query("select parameter_value from batch_job_execution_params where parameter_name ="
                        + " 'input.mask_rate'"))
                .containsExactly("0.3");
    }

    @Test
    void aLayerThatIsNotThereAndLabelsThatAreNotThereAreRefused() throws Exception {
        assertThat(place.ask(2, "run", "lowdata", "checkpoint=1", "labels=99"))
                .contains("parameter 'labels' cannot be 99: dataset shapes has 150 images");
        assertThat(place.ask(2, "run", "lowdata", "checkpoint=1", "labels=4,4")).contains("each once, with commas");
        assertThat(place.ask(2, "run", "lowdata", "checkpoint=1", "labels=1", "layer=9"))
                .contains("parameter 'layer' cannot be 9: the model has the layers 0 to 2");
        assertThat(place.ask(2, "run", "finetune", "checkpoint=1", "head=3")).contains("'head' cannot be 3");
    }
}
