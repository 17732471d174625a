package igpt.jobs;

import static igpt.probe.FeaturesRecipe.FEATURES;
import static igpt.probe.ProbeRecipe.PROBE;
import static igpt.study.LowDataRecipe.LOW_DATA;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.launch.JobDefinition;
import igpt.probe.FeaturesStep;
import igpt.probe.FitStep;
import igpt.probe.ProbeParameters;
import igpt.probe.TestStep;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import igpt.study.LowDataParameters;
import igpt.study.LowDataResolver;
import igpt.study.SubsetsStep;
import igpt.study.SummaryStep;
import java.util.List;
import org.springframework.core.annotation.Order;

/** What a model's features are worth where labels are few (section 4.7, Table 4). */
@Order(6)
final class LowDataJob extends JobDefinition {
    LowDataJob() {
        super(
                "lowdata",
                "a linear classifier on few labels a class",
                ParameterSchema.of(ProbeParameters.class, LowDataParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(
                FeaturesStep.FEATURES, // the mean activation at every layer
                FitStep.FIT, // a linear classifier on each,
                TestStep.TEST, // which says what layer is best
                SubsetsStep.SUBSETS, // another one for each random subset of the labels
                SummaryStep.SUMMARY); // mean and standard deviation
    }

    @Override
    public List<Recipe> makes() {
        return List.of(FEATURES, PROBE, LOW_DATA);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return LowDataResolver.find(parameters, lookup);
    }
}
