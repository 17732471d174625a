package igpt.jobs;

import static igpt.finetune.ClassifierRecipe.CLASSIFIER;
import static igpt.finetune.ClassifyStep.CLASSIFY;
import static igpt.finetune.RefitStep.REFIT;
import static igpt.finetune.TuneStep.TUNE;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.finetune.ClassifierResolver;
import igpt.finetune.FinetuneParameters;
import igpt.forecast.TrainingShape;
import igpt.launch.JobDefinition;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole model learns to classify (section 2.3). */
@Order(5)
final class FinetuneJob extends JobDefinition {
    FinetuneJob() {
        super("finetune", "a model becomes a classifier", ParameterSchema.of(FinetuneParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(
                TUNE, // until the validation accuracy no longer rises
                REFIT, // if asked for: again, on train and validation, for as long
                CLASSIFY); // tested, once
    }

    @Override
    public List<Recipe> makes() {
        return List.of(CLASSIFIER);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return ClassifierResolver.find(parameters, lookup);
    }

    @Override
    public Optional<TrainingShape> training(RunContext run, JdbcClient jdbc) {
        return Optional.of(TrainingShape.ofFinetune(run, jdbc, 1));
    }
}
