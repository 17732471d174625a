package igpt.exchange;

import igpt.recipe.Input;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import java.util.List;

/** A model whose weights others have trained. It has a palette of its own, one checkpoint, and no dataset. */
public final class ImportedModelRecipe extends Recipe {
    public static final Recipe IMPORTED_MODEL = new ImportedModelRecipe();

    private ImportedModelRecipe() {
        super(Input.Checkpoint.KIND, 2);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(ConvertStep.CONVERT);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        var parameters = run.parameters(ImportParameters.class);
        return List.of(
                "imported",
                run.inputs().get(Input.Published.class).published(),
                parameters.modelName(),
                parameters.maskRate());
    }
}
