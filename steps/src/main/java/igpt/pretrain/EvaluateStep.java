package igpt.pretrain;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.graph.Network;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.DatasetRows;
import igpt.recipe.Networks;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.Counts;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.dataset.Splits;
import igpt.train.Evaluation;
import igpt.train.Masks;
import igpt.training.MicroBatches;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Computes the last checkpoint's loss on validation and test images, a block of images at each call. */
@Component
public record EvaluateStep(
        RunContext run,
        RunArtifacts artifacts,
        DatasetRows rows,
        Checkpoints checkpoints,
        Metrics metrics,
        CheckpointFiles files,
        MicroBatches microBatches,
        Networks networks,
        ProgressReporter progress,
        StepResource<Network> network)
        implements RunStep {
    public static final StepDescription EVALUATE = new StepDescription(
            EvaluateStep.class, "evaluate", "validation and test loss of the last checkpoint, in nats a pixel");

    private static final int BLOCK = 2048; // images
    private static final List<String> SPLITS = List.of(Splits.VALIDATION, Splits.TEST);

    /** The metric of each split. The validation loss at commit points is another metric: of fewer images. */
    private static final Map<String, String> FINAL =
            Map.of(Splits.VALIDATION, "final_validation_nats", Splits.TEST, "test_nats");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact model = artifacts.get(MODEL);
        if (model.complete()) {
            return RepeatStatus.FINISHED;
        }
        files.sweep(model);
        ExecutionContext context = contribution.getStepExecution().getExecutionContext();
        String split = unfinished(context);
        if (split != null) {
            evaluate(model, split, context);
        }
        if (unfinished(context) == null) {
            publish(model, context);
            return RepeatStatus.FINISHED;
        }
        return RepeatStatus.CONTINUABLE;
    }

    /** The first split that has images left; null if none has. */
    private @Nullable String unfinished(ExecutionContext context) throws IOException {
        for (String split : SPLITS) {
            if (done(split, context) < count(split)) {
                return split;
            }
        }
        return null;
    }

    private int count(String split) throws IOException {
        PretrainParameters parameters = run.parameters(PretrainParameters.class);
        boolean learnt = !parameters.trainOn().leavesOut(split);
        return learnt ? 0 : rows.of(artifacts.get(DATASET), split).count(parameters.evaluationImages());
    }

    private static int done(String split, ExecutionContext context) {
        return context.getInt(split + ".images", 0);
    }

    private void evaluate(Artifact model, String split, ExecutionContext context) throws IOException {
        int from = done(split, context);
        int to = Math.min(count(split), from + BLOCK);
        int before = split.equals(SPLITS.get(0)) ? 0 : count(SPLITS.get(0));
        try (ProgressReporter.Meter meter = progress.begin(
                "evaluate", before + from, (long) count(SPLITS.get(0)) + count(SPLITS.get(1)), "images")) {
            PretrainParameters parameters = run.parameters(PretrainParameters.class);
            Masks masks = new Masks(parameters.maskRate(), parameters.seed());
            Network open = network.get(() -> open(model));
            double sum =
                    Evaluation.sum(open, rows.of(artifacts.get(DATASET), split).tokens(), masks, from, to);
            context.putDouble(split + ".nats", context.getDouble(split + ".nats", 0) + sum);
            context.putInt(split + ".images", to);
            meter.set(before + to);
        }
    }

    private void publish(Artifact model, ExecutionContext context) {
        long iteration = checkpoints.newest(model.id()).orElseThrow().iteration();
        StringBuilder line = new StringBuilder("model " + model.name() + ":");
        for (String split : SPLITS) {
            int images = context.getInt(split + ".images", 0);
            if (images > 0) {
                double nats = context.getDouble(split + ".nats") / images;
                metrics.addAll(
                        List.of(new Metric(model.id(), iteration, Objects.requireNonNull(FINAL.get(split)), nats)));
                line.append(" %s %.4f nats a pixel (%s)".formatted(split, nats, Counts.of(images, "image")));
            }
        }
        artifacts.complete(model);
        progress.say(line.toString());
    }

    private Network open(Artifact model) throws IOException {
        PretrainParameters parameters = run.parameters(PretrainParameters.class);
        int batch = microBatches.of(model, parameters.microBatch(), parameters::batch);
        Checkpoint last = checkpoints.newest(model.id()).orElseThrow();
        return networks.open(files.config(model), batch, null, last);
    }
}
