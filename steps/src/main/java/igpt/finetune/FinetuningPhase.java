package igpt.finetune;

import igpt.recipe.Recipe;
import igpt.recipe.StepDescription;
import igpt.schema.dataset.Splits;
import java.util.List;

/**
 * One of two trainings. The first finds the best iteration by the validation images. The second, with {@code fold_back},
 * trains again on these images too, and ends at that iteration.
 */
enum FinetuningPhase {
    TUNE(TuneStep.TUNE, ClassifierRecipe.FIRST, List.of(Splits.TRAIN)),
    REFIT(RefitStep.REFIT, ClassifierRecipe.FOLDED, List.of(Splits.TRAIN, Splits.VALIDATION));

    private final StepDescription step;
    private final Recipe recipe;
    private final List<String> splits;

    FinetuningPhase(StepDescription step, Recipe recipe, List<String> splits) {
        this.step = step;
        this.recipe = recipe;
        this.splits = splits;
    }

    String step() {
        return step.name();
    }

    String[] splits() {
        return splits.toArray(String[]::new);
    }

    /** The recipe of what it makes. */
    Recipe recipe() {
        return recipe;
    }

    boolean folded() {
        return this == REFIT;
    }
}
