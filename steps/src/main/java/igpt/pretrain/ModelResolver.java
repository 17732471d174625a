package igpt.pretrain;

import igpt.config.ParameterSet;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.prepare.DatasetResolver;
import igpt.recipe.Input;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.schema.Counts;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds what a pre-training needs: the model's size, the dataset, the weights to start from. */
public final class ModelResolver {
    private ModelResolver() {}

    /** @throws UsageException if one of them does not exist, or they do not go together */
    public static RunInputs find(ParameterSet set, Lookup lookup) {
        var parameters = set.as(PretrainParameters.class);
        var size = size(parameters.model(), lookup.project());
        var dataset = DatasetResolver.find(parameters.dataset(), lookup);
        var inputs = new ArrayList<Input>(List.of(size, new Input.Dataset(dataset.fingerprint())));
        if (!parameters.checkpoint().isEmpty()) {
            var start = CheckpointResolver.find(parameters.checkpoint(), lookup);
            checkSameShape(start.model(), parameters, size, lookup.jdbc());
            DatasetResolver.checkSameTokens(start.model(), dataset, lookup);
            inputs.add(new Input.Start(start.model().fingerprint(), start.iteration()));
        }
        return RunInputs.of(inputs);
    }

    public static Input.Size size(String model, Project project) {
        var size = project.config().model(model);
        return new Input.Size(size.layers(), size.width(), size.heads());
    }

    /** Weights can only be loaded into a model of their own shape. */
    private static void checkSameShape(
            Artifact start, PretrainParameters parameters, Input.Size size, JdbcClient jdbc) {
        var wanted = shape(
                parameters.objective().name().toLowerCase(Locale.ROOT), size.layers(), size.width(), size.heads());
        var model = new Models(jdbc).get(start.id());
        var there = shape(model.objective(), model.layers(), model.width(), model.heads());
        if (!wanted.equals(there)) {
            throw new UsageException("checkpoint %s is a model %s, not %s: give its model and objective"
                    .formatted(parameters.checkpoint(), there, wanted));
        }
    }

    private static String shape(String objective, int layers, int width, int heads) {
        return "%s of %s of width %s in %s"
                .formatted(objective, Counts.of(layers, "layer"), width, Counts.of(heads, "head"));
    }
}
