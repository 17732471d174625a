package igpt.jobs;

import static igpt.export.ExportRecipe.EXPORT;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.export.ExportParameters;
import igpt.export.ExportResolver;
import igpt.export.ExportStep;
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
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A model for programs of the user's own. */
@Order(10)
final class ExportJob extends JobDefinition {
    ExportJob() {
        super("export", "a model in a folder of its own", ParameterSchema.of(ExportParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(ExportStep.EXPORT); // all that is needed to use it, and where it came from
    }

    @Override
    public List<Recipe> makes() {
        return List.of(EXPORT);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return ExportResolver.find(parameters, lookup);
    }

    @Override
    public Optional<Trial> trial(RunContext run, JdbcClient jdbc) {
        return Optional.of(CopyTrial.ofExport(
                run, jdbc, Path.of(run.parameters(ExportParameters.class).to())));
    }
}
