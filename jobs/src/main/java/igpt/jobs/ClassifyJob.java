package igpt.jobs;

import static igpt.predict.ClassificationRecipe.CLASSIFICATION;
import static igpt.predict.PredictStep.PREDICT;
import static igpt.predict.TabulateStep.TABULATE;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.forecast.ShowingTrial;
import igpt.forecast.Trial;
import igpt.launch.JobDefinition;
import igpt.predict.ClassifyParameters;
import igpt.predict.ClassifyResolver;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What new images are, by a classifier that is there. */
@Order(8)
final class ClassifyJob extends JobDefinition {
    ClassifyJob() {
        super("classify", "the classes of new images", ParameterSchema.of(ClassifyParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(
                PREDICT, // the likeliest classes of each image
                TABULATE); // how many are right, and what was mistaken for what
    }

    @Override
    public List<Recipe> makes() {
        return List.of(CLASSIFICATION);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return ClassifyResolver.find(parameters, lookup);
    }

    @Override
    public Optional<Trial> trial(RunContext run, JdbcClient jdbc) {
        return Optional.of(ShowingTrial.ofClassify(run, jdbc));
    }
}
