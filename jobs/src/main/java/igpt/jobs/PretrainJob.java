package igpt.jobs;

import static igpt.pretrain.EvaluateStep.EVALUATE;
import static igpt.pretrain.ModelRecipe.MODEL;
import static igpt.pretrain.TrainStep.TRAIN;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.forecast.TrainingShape;
import igpt.launch.JobDefinition;
import igpt.pretrain.ModelResolver;
import igpt.pretrain.PretrainParameters;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A dataset becomes a model (section 2.1). */
@Order(2)
final class PretrainJob extends JobDefinition {
    PretrainJob() {
        super("pretrain", "a dataset becomes a model", ParameterSchema.of(PretrainParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(
                TRAIN, // predict the next colour
                EVALUATE); // how well, on images it has not seen
    }

    @Override
    public List<Recipe> makes() {
        return List.of(MODEL);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return ModelResolver.find(parameters, lookup);
    }

    @Override
    public Optional<TrainingShape> training(RunContext run, JdbcClient jdbc) {
        return Optional.of(TrainingShape.ofPretrain(run, jdbc, 1));
    }
}
