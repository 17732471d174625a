package igpt.jobs;

import static igpt.exchange.ConvertStep.CONVERT;
import static igpt.exchange.ImportedModelRecipe.IMPORTED_MODEL;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.exchange.ImportParameters;
import igpt.exchange.ImportResolver;
import igpt.forecast.CopyTrial;
import igpt.forecast.Trial;
import igpt.launch.JobDefinition;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A model that others have published becomes one of ours. */
final class ImportJob extends JobDefinition {
    ImportJob() {
        super("import", "published weights become a model", ParameterSchema.of(ImportParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(CONVERT); // OpenAI's or Hugging Face's layout becomes ours
    }

    @Override
    public List<Recipe> makes() {
        return List.of(IMPORTED_MODEL);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return ImportResolver.find(parameters.as(ImportParameters.class), lookup);
    }

    @Override
    public Optional<Trial> trial(RunContext run, JdbcClient jdbc) {
        return Optional.of(CopyTrial.ofImport(
                run, Path.of(run.parameters(ImportParameters.class).from())));
    }
}
