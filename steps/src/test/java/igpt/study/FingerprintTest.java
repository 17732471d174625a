package igpt.study;

import static igpt.finetune.ClassifierRecipe.CLASSIFIER;
import static igpt.finetune.ClassifierRecipe.FIRST;
import static igpt.finetune.ClassifierRecipe.FOLDED;
import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;
import static igpt.probe.FeaturesRecipe.FEATURES;
import static igpt.probe.ProbeRecipe.PROBE;
import static igpt.study.LowDataRecipe.LOW_DATA;
import static igpt.study.SweepRecipe.SWEEP;
import static org.assertj.core.api.Assertions.assertThat;

import igpt.config.ParameterSchema;
import igpt.finetune.FinetuneParameters;
import igpt.prepare.PrepareParameters;
import igpt.pretrain.PretrainParameters;
import igpt.probe.ProbeParameters;
import igpt.recipe.Input;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.runtime.ThisProcess;
import igpt.schema.artifact.Provenance;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Finished work is found again by its fingerprint. These are as the program computed them before there were recipes. One that
 * changes has everybody's work done again, so it changes only with the recipe's version.
 */
class FingerprintTest {
    private static final ParameterSchema PREPARE = ParameterSchema.of(PrepareParameters.class);
    private static final ParameterSchema PRETRAIN = ParameterSchema.of(PretrainParameters.class);
    private static final ParameterSchema PROBING = ParameterSchema.of(ProbeParameters.class);
    private static final ParameterSchema FINETUNE = ParameterSchema.of(FinetuneParameters.class);
    private static final Input.Size SMALL = new Input.Size(2, 16, 2);
    private static final Input.Dataset TOKENS = new Input.Dataset("tokens");
    private static final Input.Checkpoint WEIGHTS = new Input.Checkpoint("weights", 300, null);

    @Test
    void ofADataset() {
        var images = new Input.Images("images", null);
        is(DATASET, run(PREPARE, Map.of(), images), "10b5d3e43515cfee9f2831de77873e83b93e87bd6d1de52171ca6230e18febec");
        is(
                DATASET,
                run(
                        PREPARE,
                        Map.of("data", "photos", "variants", "3", "name", "mine"),
                        new Input.Images("images", "colours")),
                "151912e2c547e506bcab53ef7df80a03e379f2675826fb89dc3ed2cb83e12d1c");
    }

    @Test
    void ofAModel() {
        is(
                MODEL,
                run(PRETRAIN, Map.of(), SMALL, TOKENS),
                "3d8410e48eac92986ddea5678126c42298b5c9517a27acf481ea5fab751652d1");
        var all = Map.of(
                "objective", "bert",
                "train_on", "all",
                "batch", "8",
                "micro_batch", "4",
                "precision", "bfloat16",
                "milestones", "0.1,0.5");
        is(
                MODEL,
                again(1, PRETRAIN, all, SMALL, TOKENS, new Input.Start("weights", 300)),
                "e5cd3f165fd01f54ba934479dd65614b1dd58fbfb6e05834f9a0ba1a9fa2db4c");
    }

    @Test
    void ofFeaturesAndAProbe() {
        var run = run(PROBING, Map.of(), WEIGHTS, TOKENS);
        is(FEATURES, run, "330c67f9759d1d9aefa0c6319ba0b8e70607af44e6d64b9dff4a64227af79c6b");
        is(PROBE, run, "8a92da23f02c8fdcb5ac68bd1f354f2a806eaa222e864081e1573caabf4c33ab");
        var bert = run(
                PROBING, Map.of("solver", "sgd", "concat", "5"), new Input.Checkpoint("weights", 300, 0.15), TOKENS);
        is(FEATURES, bert, "398d186c4df26239544467b073d76646091b845110fc7484a48e8f4d2ff56bc6");
        is(PROBE, bert, "8cc9cf0873c7a739692b2bf91cfbb3556aea33718ddcd982e37e7ff94f14ed66");
    }

    @Test
    void ofAStudy() {
        var few = ParameterSchema.of(ProbeParameters.class, LowDataParameters.class);
        is(
                LOW_DATA,
                run(few, Map.of(), WEIGHTS, TOKENS),
                "172210c6269ba5c132dadcb296595dc819ccc20fa917d918303b01bc699a5cf8");
        is(
                SWEEP,
                run(SweepParameters.schema(), Map.of(), SMALL, TOKENS),
                "f37caac9d37920792a223da1345caa4530e43b6970a5c49c7261d599d40cba73");
    }

    @Test
    void ofAClassifier() {
        var first = "0b1296170afd9c75d1b80770780da550fb70b7554cdad986e5e76500cbd26fb3";
        var folded = "c610163024f4b901742647b04ae1dcfe1092b46ab5001e086bafdfc940b7c93d";
        var run = run(FINETUNE, Map.of(), WEIGHTS, TOKENS);
        is(CLASSIFIER, run, first);
        is(FIRST, run, first);
        is(FOLDED, run, folded);
        is(CLASSIFIER, run(FINETUNE, Map.of("fold_back", "true"), WEIGHTS, TOKENS), folded);
    }

    @Test
    void ofWhatOneRunMakesFromImagesToProbe() {
        var reproduce = ParameterSchema.of(
                        PrepareParameters.class,
                        PretrainParameters.class,
                        ProbeParameters.class,
                        ExperimentParameters.class)
                .without("dataset", "checkpoint");
        var run = again(2, reproduce, Map.of("objective", "bert"), SMALL, new Input.Images("images", null));
        is(DATASET, run, "079923bc94bc07c4ae7577d14b7f0a0c50caccd871524338b2da1798fe6d3c35");
        is(MODEL, run, "72728af7bd53abae2cf40094b0f68e804476672fa379ed0cb4a61c7c93449660");
        is(FEATURES, run, "29dd643722799783522e5553d1194096f077156cf7c0450695bffc51ec6fa3af");
        is(PROBE, run, "ba419a04b113a751173e967613201b76629c8aaa2868aab351298a34f6447c14");
    }

    @Test
    void whatWasGivenKeepsItsOwn() {
        var run = again(3, PROBING, Map.of(), WEIGHTS, TOKENS);
        is(MODEL, run, "weights");
        is(DATASET, run, "tokens");
        assertThat(run.inputs().byName())
                .isEqualTo(Map.of("model", "weights", "iteration", "300", "dataset", "tokens"));
        assertThat(run.inputs().artifacts()).containsExactly(DATASET.of(run), MODEL.of(run));
    }

    private static void is(Recipe recipe, RunContext run, String fingerprint) {
        assertThat(recipe.fingerprint(run)).isEqualTo(fingerprint);
    }

    private static RunContext run(ParameterSchema schema, Map<String, String> given, Input... inputs) {
        return again(0, schema, given, inputs);
    }

    private static RunContext again(int again, ParameterSchema schema, Map<String, String> given, Input... inputs) {
        var provenance = new Provenance("hash of the parameters", "commit", 0, "17", "2", "cpu", "");
        return new RunContext(
                "job",
                1,
                1,
                schema.resolve(Map.of(), given),
                RunInputs.of(inputs),
                again,
                Path.of(""),
                provenance,
                ThisProcess.settings("2"));
    }
}
