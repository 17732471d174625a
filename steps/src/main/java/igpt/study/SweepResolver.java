package igpt.study;

import igpt.config.ParameterSet;
import igpt.finetune.ClassifierResolver;
import igpt.pretrain.ModelResolver;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;

/** Finds what the job needs that a sweep runs. */
public final class SweepResolver {
    private SweepResolver() {}

    /** @throws igpt.config.UsageException if something is not there, or does not fit */
    public static RunInputs find(ParameterSet set, Lookup lookup) {
        return switch (set.as(SweepParameters.class).of()) {
            case PRETRAIN -> ModelResolver.find(set, lookup);
            case FINETUNE -> ClassifierResolver.find(set, lookup);
        };
    }
}
