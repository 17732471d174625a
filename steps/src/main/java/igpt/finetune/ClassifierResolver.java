package igpt.finetune;

import igpt.config.ParameterSet;
import igpt.pretrain.CheckpointResolver;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;

/** Finds the checkpoint that becomes a classifier, and the images that it is to classify. */
public final class ClassifierResolver {
    private ClassifierResolver() {}

    /** @throws igpt.config.UsageException if one of them does not exist, or they do not go together */
    public static RunInputs find(ParameterSet set, Lookup lookup) {
        var parameters = set.as(FinetuneParameters.class);
        var inputs = CheckpointResolver.find(parameters.checkpoint(), parameters.dataset(), lookup);
        CheckpointResolver.checkLayer("head", parameters.head(), inputs, lookup);
        return inputs;
    }
}
