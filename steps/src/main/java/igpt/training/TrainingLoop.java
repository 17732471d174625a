package igpt.training;

import igpt.recipe.CheckpointFiles;
import igpt.recipe.RunContext;
import igpt.recipe.StepResource;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * Trains to the next commit point. Spring Batch then commits the checkpoint's row and the points of the
 * curves, so a restart resumes from there. These rows are all the state there is.
 */
@Component
public record TrainingLoop(
        RunContext run, TrainingOpener opener, Checkpoints checkpoints, Metrics metrics, CheckpointFiles files) {

    /** One call of a step. */
    RepeatStatus toNextCommit(TrainingTask task, StepResource<Training> trainings, StepContribution contribution)
            throws IOException {
        Optional<Artifact> begun = task.begin();
        if (begun.isEmpty()) {
            return RepeatStatus.FINISHED;
        }
        Artifact artifact = begun.get();
        Training training = trainings.get(() -> opener.open(task, artifact));
        files.sweep(artifact);
        if (!isDone(training)) {
            long before = training.iteration();
            trainToNextCommit(task, training);
            contribution.incrementWriteCount(training.iteration() - before);
        }
        if (!isDone(training)) {
            return RepeatStatus.CONTINUABLE;
        }
        task.finish(artifact);
        return RepeatStatus.FINISHED;
    }

    private static boolean isDone(Training training) {
        return training.atLast() || training.setup().stopping().stops();
    }

    private void trainToNextCommit(TrainingTask task, Training training) throws IOException {
        TrainingSetup setup = training.setup();
        long commit = setup.commits().next(training.iteration());
        List<Metric> curve = new ArrayList<>();
        Training.Step step;
        boolean isCommit;
        do {
            step = training.iterate();
            isCommit = training.iteration() == commit;
            for (TrainingObjective.Point point :
                    setup.objective().curve(training.iteration(), step.loss(), step.rate(), isCommit)) {
                curve.add(metric(training, point.metric(), point.value()));
            }
        } while (training.iteration() < commit && !run.stopRequested());
        // Where the user stops must not change the curve, so nothing is validated between commit points.
        Validation.Result measured = isCommit ? setup.validation().measure(training.network()) : null;
        if (measured != null) {
            curve.add(metric(training, measured.metric(), measured.value()));
        }
        save(training, step, measured);
        metrics.addAll(curve);
        prune(training);
        if (training.atLast()) {
            task.checkLastLoss(training.artifact(), setup, step.loss());
        }
    }

    private static Metric metric(Training training, String name, double value) {
        return new Metric(training.artifact().id(), training.iteration(), name, value);
    }

    /** File first, row second. */
    private void save(Training training, Training.Step step, Validation.@Nullable Result measured) throws IOException {
        long began = System.nanoTime();
        CheckpointFiles.Saved saved = files.save(training.network(), training.artifact(), training.iteration());
        training.saved((System.nanoTime() - began) / 1e9);
        Double validation = measured != null && measured.isLoss() ? (Double) measured.value() : null;
        checkpoints.add(new Checkpoint(
                training.artifact().id(),
                training.iteration(),
                saved.path(),
                saved.sha256(),
                (double) step.loss().nats(),
                validation));
    }

    /** Deletes rows only. Their files are swept at the next call, when this transaction is committed. */
    private void prune(Training training) {
        List<Checkpoint> all = checkpoints.all(training.artifact().id());
        Set<Long> kept = training.setup().retention().kept(all);
        for (Checkpoint checkpoint : all) {
            if (!kept.contains(checkpoint.iteration()) && checkpoint.iteration() != training.iteration()) {
                checkpoints.delete(training.artifact().id(), checkpoint.iteration());
            }
        }
    }
}
