package igpt.jobs;

import static igpt.sample.DrawStep.DRAW;
import static igpt.sample.SampleRecipe.SAMPLES;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.forecast.DrawingTrial;
import igpt.forecast.Trial;
import igpt.launch.JobDefinition;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import igpt.sample.SampleParameters;
import igpt.sample.SampleResolver;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a model draws: the paper's blog post shows such completions. */
@Order(4)
final class SampleJob extends JobDefinition {
    SampleJob() {
        super("sample", "images drawn from a model, whole or completed", ParameterSchema.of(SampleParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(DRAW); // pixel after pixel
    }

    @Override
    public List<Recipe> makes() {
        return List.of(SAMPLES);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return SampleResolver.find(parameters.as(SampleParameters.class), lookup);
    }

    @Override
    public Optional<Trial> trial(RunContext run, JdbcClient jdbc) {
        return Optional.of(DrawingTrial.of(run, jdbc));
    }
}
