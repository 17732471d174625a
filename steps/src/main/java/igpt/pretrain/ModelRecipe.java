package igpt.pretrain;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.config.ModelSize;
import igpt.model.Objective;
import igpt.model.Precision;
import igpt.recipe.ArtifactKey;
import igpt.recipe.Input;
import igpt.recipe.Recipe;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.training.TrainingTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A pre-trained model: the weights of a network at several checkpoints. */
public final class ModelRecipe extends Recipe {
    public static final Recipe MODEL = new ModelRecipe();

    private ModelRecipe() {
        super(Input.Checkpoint.KIND, 2);
    }

    /** The size that {@code model=} stood for when the run was first launched. */
    public static ModelSize size(RunContext run) {
        var size = run.inputs().get(Input.Size.class);
        return new ModelSize(size.layers(), size.width(), size.heads());
    }

    /** The share of each image's pixels that the run's BERT is not shown; empty for an auto-regressive model. */
    public static OptionalDouble maskRate(RunContext run) {
        var given = run.inputs().find(Input.Checkpoint.class);
        if (given.isPresent()) {
            var rate = given.get().maskRate();
            return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
        }
        var p = run.parameters(PretrainParameters.class);
        return p.objective() == Objective.BERT ? OptionalDouble.of(p.maskRate()) : OptionalDouble.empty();
    }

    @Override
    protected Optional<String> given(RunContext run) {
        return run.inputs().find(Input.Checkpoint.class).map(Input.Checkpoint::model);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(TrainStep.TRAIN, EvaluateStep.EVALUATE);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        var p = run.parameters(PretrainParameters.class);
        var parts = new ArrayList<Object>(List.of(
                DATASET.fingerprint(run),
                size(run),
                p.objective(),
                p.batch(),
                p.learningRate(),
                p.iterations(),
                p.warmup(),
                p.seed(),
                p.validationImages(),
                p.evaluationImages(),
                p.saveEvery()));
        run.inputs()
                .find(Input.Start.class)
                .ifPresent(start -> parts.add("start %s at %s".formatted(start.start(), start.startIteration())));
        if (p.trainOn() != PretrainParameters.TrainOn.TRAIN) {
            parts.add("train on " + p.trainOn());
        }
        if (p.objective() == Objective.BERT) {
            parts.add("mask " + p.maskRate());
        }
        if (p.microBatch() > 0 || p.recompute()) { // another order of sums
            parts.add("micro-batch %d %s".formatted(p.microBatch(), p.recompute()));
        }
        if (p.precision() != Precision.FLOAT32) {
            parts.add("precision " + p.precision());
        }
        if (!p.milestones().isEmpty()) { // there the validation loss is measured, too
            parts.add("milestones " + p.milestoneIterations().iterations());
        }
        return parts;
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        var from = new ArrayList<ArtifactKey>(List.of(DATASET.of(run)));
        run.inputs().find(Input.Start.class).flatMap(Input::artifact).ifPresent(from::add);
        return from;
    }

    @Override
    protected boolean isComputedByNetwork() {
        return true;
    }

    @Override
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        return TrainingTables.of(jdbc, artifacts);
    }
}
