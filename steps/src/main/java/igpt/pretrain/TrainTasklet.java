package igpt.pretrain;

import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.config.PretrainParameters;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.DivergedException;
import igpt.recipe.Kept;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Checkpoint;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Trains to the next commit point at each call. Spring Batch commits the checkpoint's row and the losses after it, so a
 * restart resumes from there; the rows are all the state there is.
 */
record TrainTasklet(
        RunContext run,
        RunArtifacts artifacts,
        TrainingOpener opener,
        Checkpoints checkpoints,
        Metrics metrics,
        CheckpointFiles files,
        Kept<Training> trainings)
        implements Tasklet {
    /** Losses stored of a training, at most: enough for a curve. */
    private static final int CURVE = 5000;

    private static final double MARGIN = 1.02;

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        PretrainParameters parameters = run.parameters(PretrainParameters.class);
        Artifact model = artifacts.begin(MODEL, parameters.model());
        if (artifacts.isDone(model)) {
            return RepeatStatus.FINISHED;
        }
        Training training = trainings.get(() -> opener.open(model));
        files.sweep(model);
        if (!training.done()) {
            long before = training.iteration();
            double loss =
                    trainToNextCheckpoint(training, Math.max(1, parameters.iterations() / CURVE), parameters.keep());
            if (training.done()) {
                checkLearnt(training, loss, parameters.learningRate());
            }
            contribution.incrementWriteCount(training.iteration() - before);
        }
        return RepeatStatus.continueIf(!training.done());
    }

    /**
     * A loss above that of guessing, and above where it began, is no result. The margin is for trainings of a few
     * iterations, whose loss is still that of their beginning, give or take a batch.
     */
    private void checkLearnt(Training now, double loss, double learningRate) {
        int colours = now.network().config().colours();
        double first = metrics.series(now.model().id(), "train_nats").stream()
                .mapToDouble(Metric::value)
                .findFirst()
                .orElse(0);
        if (loss > MARGIN * Math.max(first, Math.log(colours))) {
            throw DivergedException.aboveGuessing(loss, colours, learningRate);
        }
    }

    /** @return the loss of the last batch: that on validation images is high where a model knows its own by heart, too */
    private double trainToNextCheckpoint(Training now, long curveEvery, int keep) throws IOException {
        long commit = now.nextCommit();
        List<Metric> curve = new ArrayList<>();
        Training.Step step;
        do {
            step = now.iterate();
            if (now.iteration() == 1 || now.iteration() % curveEvery == 0) { // 1: the loss before the first update
                curve.add(metric(now, "train_nats", step.loss()));
                curve.add(metric(now, "learning_rate", step.rate()));
            }
        } while (now.iteration() < commit && !run.stopRequested());
        // A stop between commit points is no point of the curve: it has no validation loss.
        Double validation = now.iteration() == commit ? now.validate() : null;
        if (validation != null) {
            curve.add(metric(now, "validation_nats", validation));
        }
        save(now, step.loss(), validation);
        metrics.addAll(curve);
        prune(now, keep);
        return step.loss();
    }

    private static Metric metric(Training now, String name, double value) {
        return new Metric(now.model().id(), now.iteration(), name, value);
    }

    /** File first, row second. */
    private void save(Training now, double loss, @Nullable Double validation) throws IOException {
        CheckpointFiles.Saved saved = files.save(now.network(), now.model(), now.iteration());
        checkpoints.add(
                new Checkpoint(now.model().id(), now.iteration(), saved.path(), saved.sha256(), loss, validation));
    }

    /** Keeps the milestones, the last few commit points and the best; other files go once this transaction is through. */
    private void prune(Training now, int keep) {
        List<Checkpoint> all = checkpoints.all(now.model().id());
        List<Checkpoint> regular = all.stream()
                .filter(checkpoint -> now.isRegular(checkpoint.iteration()))
                .toList();
        List<Checkpoint> kept = new ArrayList<>(regular.subList(Math.max(0, regular.size() - keep), regular.size()));
        checkpoints.best(now.model().id()).ifPresent(kept::add);
        for (Checkpoint checkpoint : all) {
            boolean isNewest = checkpoint.iteration() == now.iteration();
            if (!kept.contains(checkpoint) && !isNewest && !now.isMilestone(checkpoint.iteration())) {
                checkpoints.delete(now.model().id(), checkpoint.iteration());
            }
        }
    }
}
