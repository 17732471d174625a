package igpt.finetune;

import igpt.recipe.Recipe;
import java.util.List;

/**
 * One of the two trainings there can be: the first finds the best iteration on validation images; the second, if asked
 * for, trains again on these too and ends there.
 */
enum Plan {
    TUNE(ClassifierRecipe.FIRST, List.of("train")),
    REFIT(ClassifierRecipe.FOLDED, List.of("train", "validation"));

    private final Recipe recipe;
    private final List<String> splits;

    Plan(Recipe recipe, List<String> splits) {
        this.recipe = recipe;
        this.splits = splits;
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
