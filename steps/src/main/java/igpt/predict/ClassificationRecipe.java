package igpt.predict;

import igpt.recipe.ArtifactKey;
import igpt.recipe.Input;
import igpt.recipe.Picture;
import igpt.recipe.Recipe;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.prediction.Classifications;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Classes of new images. */
public final class ClassificationRecipe extends Recipe {
    public static final Recipe CLASSIFICATION = new ClassificationRecipe();

    private static final int CONFUSIONS = 10; // shown

    private ClassificationRecipe() {
        super(new Kind("CLASSIFICATION"), 1);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(PredictStep.PREDICT, TabulateStep.TABULATE);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        var p = run.parameters(ClassifyParameters.class);
        var parts = new ArrayList<Object>(List.of(classifier(run).fingerprint(), p.layer(), p.partRows()));
        parts.addAll(EmbeddingRecipe.images(run, p.split().name()));
        return parts;
    }

    /** A fine-tuned one, or probes. */
    static ArtifactKey classifier(RunContext run) {
        return run.inputs()
                .find(Input.Classifier.class)
                .flatMap(Input.Classifier::artifact)
                .orElseGet(() -> run.inputs().get(Input.Probe.class).artifact().orElseThrow());
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        return run.inputs().artifacts();
    }

    @Override
    protected boolean isComputedByNetwork() {
        return true;
    }

    @Override
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        var rows = new Classifications(jdbc);
        var summary = ResultTable.of("predictions", "images", "labelled", "accuracy", "standard_error", "files");
        var confused = ResultTable.of("confused", "label", "predicted", "images");
        var all = "";
        for (var artifact : artifacts) {
            rows.summary(artifact.id())
                    .ifPresent(s ->
                            summary.row(s.images(), s.labelled(), s.accuracy(), s.standardError(), artifact.path()));
            rows.confusion(artifact.id()).stream()
                    .filter(pair -> !pair.label().equals(pair.predicted()))
                    .limit(CONFUSIONS)
                    .forEach(pair -> confused.row(pair.label(), pair.predicted(), pair.images()));
            all = "./igpt query \"select label, predicted, images from prediction_confusion where run = "
                    + artifact.run() + "\"";
        }
        return List.of(summary, confused.withAllBy(all));
    }

    @Override
    public List<Picture> pictures(JdbcClient jdbc, Artifact artifact) {
        var rows = new Classifications(jdbc);
        var pictures = new ArrayList<Picture>();
        rows.file(artifact.id(), "confusion.png")
                .map(path -> new Picture(
                        "Which class was taken for which: " + artifact.name(),
                        "A row is a class as the images are labelled, a column what the classifier said. What stands on the"
                                + " diagonal is right; the darker a field beside it, the more often the one was taken for the"
                                + " other.",
                        "Confusion matrix of " + artifact.name() + "; its numbers are in confusion.csv next to it.",
                        path))
                .ifPresent(pictures::add);
        rows.file(artifact.id(), "mistakes.png")
                .map(path -> new Picture(
                        "The most confident mistakes: " + artifact.name(),
                        "Images of which the classifier was most sure, and wrong; below each its class, and what the classifier took it for and how sure it was.",
                        "The images that " + artifact.name() + " was most sure of and got wrong.",
                        path))
                .ifPresent(pictures::add);
        return pictures;
    }
}
