package igpt.jobs;

import static igpt.probe.FeaturesRecipe.FEATURES;
import static igpt.probe.ProbeRecipe.PROBE;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.launch.JobDefinition;
import igpt.pretrain.CheckpointResolver;
import igpt.probe.FeaturesStep;
import igpt.probe.FitStep;
import igpt.probe.ProbeParameters;
import igpt.probe.TestStep;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import java.util.List;
import org.springframework.core.annotation.Order;

/** What a model has learnt, layer by layer (section 2.4). */
@Order(3)
final class ProbeJob extends JobDefinition {
    ProbeJob() {
        super("probe", "a linear classifier on every layer of a model", ParameterSchema.of(ProbeParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(
                FeaturesStep.FEATURES, // the mean activation at every layer
                FitStep.FIT, // a linear classifier on each
                TestStep.TEST); // each of them tested, once
    }

    @Override
    public List<Recipe> makes() {
        return List.of(FEATURES, PROBE);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        var probe = parameters.as(ProbeParameters.class);
        return CheckpointResolver.find(probe.checkpoint(), probe.dataset(), lookup);
    }
}
