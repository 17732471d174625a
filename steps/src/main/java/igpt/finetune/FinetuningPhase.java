package igpt.finetune;

import igpt.recipe.Recipe;
import igpt.recipe.StepDescription;
import java.util.List;

/**
 * One of the two trainings there can be: the first finds the best iteration on validation images; the second, if asked
 * for, trains again on these too and ends there.
 */
enum FinetuningPhase {
    TUNE(FinetuneSteps.TUNE, ClassifierRecipe.FIRST, List.of("train")),
    REFIT(FinetuneSteps.REFIT, ClassifierRecipe.FOLDED, List.of("train", "validation"));

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

    /** Of what it makes. */
    Recipe recipe() {
        return recipe;
    }

    boolean folded() {
        return this == REFIT;
    }
}
