package igpt.probe;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.pretrain.ModelRecipe;
import igpt.pretrain.PretrainParameters;
import igpt.recipe.ArtifactKey;
import igpt.recipe.Input;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact.Kind;
import java.util.ArrayList;
import java.util.List;

/** What each layer of a model makes of a dataset's images. */
public final class FeaturesRecipe extends Recipe {
    public static final Recipe FEATURES = new FeaturesRecipe();

    private FeaturesRecipe() {
        super(new Kind("FEATURES"), 2);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(FeaturesStep.FEATURES);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        var p = run.parameters(ProbeParameters.class);
        long iteration = run.inputs()
                .find(Input.Checkpoint.class)
                .map(Input.Checkpoint::iteration)
                .orElseGet(() -> (long) run.parameters(PretrainParameters.class).iterations()); // its own model's last
        var parts = new ArrayList<Object>(List.of(
                MODEL.fingerprint(run),
                iteration,
                DATASET.fingerprint(run),
                p.tap(),
                p.fitImages(),
                p.untrained(),
                p.pixels()));
        ModelRecipe.maskRate(run).ifPresent(rate -> parts.add("masks %d %s %d".formatted(p.masks(), rate, p.seed())));
        return parts;
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        return List.of(MODEL.of(run), DATASET.of(run));
    }

    @Override
    protected boolean isComputedByNetwork() {
        return true;
    }

    @Override
    public boolean isMended() {
        return true;
    }
}
