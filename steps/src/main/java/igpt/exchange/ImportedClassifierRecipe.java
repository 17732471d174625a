package igpt.exchange;

import static igpt.exchange.ImportedModelRecipe.IMPORTED_MODEL;

import igpt.recipe.ArtifactKey;
import igpt.recipe.Input;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import java.util.List;

/** A fine-tuned classifier that came with a model. Its weights are in the model's checkpoint. */
final class ImportedClassifierRecipe extends Recipe {
    static final Recipe IMPORTED_CLASSIFIER = new ImportedClassifierRecipe();

    private ImportedClassifierRecipe() {
        super(Input.Classifier.KIND, 1);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(ConvertStep.CONVERT);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        return List.of("imported", IMPORTED_MODEL.fingerprint(run));
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        return List.of(IMPORTED_MODEL.of(run));
    }
}
