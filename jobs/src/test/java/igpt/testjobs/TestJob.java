package igpt.testjobs;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.launch.JobDefinition;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import java.util.List;

/** A job that depends on its parameters alone and makes no artifact. */
public final class TestJob extends JobDefinition {
    private final List<StepDescription> steps;

    public TestJob(String name, String summary, StepDescription... steps) {
        this(name, summary, ParameterSchema.of(CountParameters.class), steps);
    }

    public TestJob(String name, String summary, ParameterSchema parameters, StepDescription... steps) {
        super(name, summary, parameters);
        this.steps = List.of(steps);
    }

    @Override
    public List<StepDescription> steps() {
        return steps;
    }

    @Override
    public List<Recipe> makes() {
        return List.of();
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return RunInputs.NONE;
    }
}
