package igpt.finetune;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;
import static igpt.recipe.Measurement.ACCURACY;

import igpt.recipe.ArtifactKey;
import igpt.recipe.Input;
import igpt.recipe.Measurement;
import igpt.recipe.Recipe;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.recipe.StandardError;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.Classifiers;
import igpt.training.TrainingTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A network fine-tuned with a classifier on one of its layers. */
public final class ClassifierRecipe extends Recipe {
    /** Trained on the training images alone. */
    public static final Recipe FIRST = new ClassifierRecipe(parameters -> false);

    /** Trained again, on the validation images too, for as many iterations as were best in the first training. */
    public static final Recipe FOLDED = new ClassifierRecipe(parameters -> true);

    /** The one that is tested: the second, if there is one. */
    public static final Recipe CLASSIFIER = new ClassifierRecipe(FinetuneParameters::foldBack);

    private final Predicate<FinetuneParameters> folded;

    private ClassifierRecipe(Predicate<FinetuneParameters> folded) {
        super(Input.Classifier.KIND, 3);
        this.folded = folded;
    }

    private boolean isFolded(RunContext run) {
        return folded.test(run.parameters(FinetuneParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(TuneStep.TUNE, RefitStep.REFIT, ClassifyStep.CLASSIFY);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        FinetuneParameters p = run.parameters(FinetuneParameters.class);
        return List.of(
                MODEL.fingerprint(run),
                run.inputs().get(Input.Checkpoint.class).iteration(),
                DATASET.fingerprint(run),
                p.start(),
                p.loss(),
                p.head(),
                p.augmentation(),
                p.batch(),
                p.microBatch(),
                p.recompute(),
                p.precision(),
                p.learningRate(),
                p.iterations(),
                p.saveEvery(),
                p.patience(),
                p.validationImages(),
                p.maskRate(),
                p.masks(),
                p.seed(),
                isFolded(run));
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        return List.of(MODEL.of(run), DATASET.of(run));
    }

    @Override
    protected String folder(RunContext run) {
        return isFolded(run) ? "classifier-folded" : "classifier";
    }

    @Override
    protected boolean isComputedByNetwork() {
        return true;
    }

    @Override
    public boolean isOneOfSeveral() {
        return true;
    }

    @Override
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        var classifiers = ResultTable.of(
                "classifiers",
                "start",
                "loss",
                "layer",
                "learning_rate",
                "iteration",
                "validation_accuracy",
                "test_accuracy",
                "standard_error",
                "test_images",
                "vote_accuracy",
                "protocol");
        for (var artifact : artifacts) {
            new Classifiers(jdbc).find(artifact.id()).ifPresent(c -> {
                var accuracy = c.testAccuracy();
                long images = new Classifiers(jdbc).testImages(artifact.id());
                classifiers.row(
                        c.start(),
                        c.loss(),
                        c.layer(),
                        c.learningRate(),
                        c.iteration(),
                        c.validationAccuracy(),
                        accuracy,
                        accuracy == null ? null : (Double) StandardError.of(accuracy, images),
                        accuracy == null ? null : (Long) images,
                        c.voteAccuracy(),
                        c.protocol());
            });
        }
        var tables = new ArrayList<>(TrainingTables.of(jdbc, artifacts));
        tables.add(classifiers);
        return tables;
    }

    /** Table 3, Figure 4. */
    @Override
    public List<Measurement> measurements(JdbcClient jdbc, Artifact artifact) {
        var of = new Classifiers(jdbc).tested(artifact.id());
        boolean random = of.start().equals("random");
        var objective = of.objective().toUpperCase(Locale.ROOT);
        var row = of.dataset() + " " + of.model() + " fine-tune " + objective + (random ? " from random weights" : "")
                + (of.loss().equals("joint") ? "" : " without the generative loss");
        var measured = new ArrayList<Measurement>();
        for (var table : List.of("table 3", "figure 4")) {
            if (of.accuracy() != null) {
                measured.add(new Measurement(
                        table, of.published(), row, ACCURACY, of.accuracy(), of.images(), artifact.run()));
            }
            if (of.vote() != null) {
                measured.add(new Measurement(
                        table, of.published(), row + " by vote", ACCURACY, of.vote(), of.images(), artifact.run()));
            }
        }
        return measured;
    }
}
