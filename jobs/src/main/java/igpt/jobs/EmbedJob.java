package igpt.jobs;

import static igpt.predict.EmbedStep.EMBED;
import static igpt.predict.EmbeddingRecipe.EMBEDDING;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.forecast.ShowingTrial;
import igpt.forecast.Trial;
import igpt.launch.JobDefinition;
import igpt.predict.EmbedParameters;
import igpt.predict.EmbedResolver;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a model's layers make of new images (section 2.4). */
@Order(9)
final class EmbedJob extends JobDefinition {
    EmbedJob() {
        super("embed", "the features of new images", ParameterSchema.of(EmbedParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(EMBED); // the mean activation at the layers asked for
    }

    @Override
    public List<Recipe> makes() {
        return List.of(EMBEDDING);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return EmbedResolver.find(parameters, lookup);
    }

    @Override
    public Optional<Trial> trial(RunContext run, JdbcClient jdbc) {
        return Optional.of(ShowingTrial.ofEmbed(run, jdbc));
    }
}
