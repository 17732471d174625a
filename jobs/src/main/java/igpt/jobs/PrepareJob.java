package igpt.jobs;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.prepare.DecodeStep.DECODE;
import static igpt.prepare.InventoryStep.INVENTORY;
import static igpt.prepare.PaletteStep.PALETTE;
import static igpt.prepare.PublishStep.PUBLISH;
import static igpt.prepare.QuantizeStep.QUANTIZE;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.launch.JobDefinition;
import igpt.prepare.ImagesResolver;
import igpt.prepare.PrepareParameters;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import java.util.List;
import org.springframework.core.annotation.Order;

/** Images become a dataset of tokens (section 3.1 of the paper). */
@Order(1)
final class PrepareJob extends JobDefinition {
    PrepareJob() {
        super("prepare", "images become a dataset of tokens", ParameterSchema.of(PrepareParameters.class));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(
                INVENTORY, // which images there are, and which split each is in
                DECODE, // shrunk to the resolution of the model
                PALETTE, // the colours of the training images, by k-means
                QUANTIZE, // pixels become a sequence of colours
                PUBLISH); // checked, counted, and known by name
    }

    @Override
    public List<Recipe> makes() {
        return List.of(DATASET);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return RunInputs.of(ImagesResolver.find(parameters.as(PrepareParameters.class), lookup));
    }
}
