package igpt.training;

import igpt.recipe.CheckpointFiles;
import igpt.recipe.RunContext;
import igpt.recipe.StepResource;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Checkpoint;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Trains to the next commit point at each call. Spring Batch commits the checkpoint's row and the curves after it, so a
 * restart resumes from there; the rows are all the state there is.
 */
public record TrainingLoop(
        TrainingTask task,
        RunContext run,
        TrainingOpener opener,
        Checkpoints checkpoints,
        Metrics metrics,
        CheckpointFiles files,
        StepResource<Training> trainings)
        implements Tasklet {

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Optional<Artifact> begun = task.begin();
        if (begun.isEmpty()) {
            return RepeatStatus.FINISHED;
        }
        Artifact artifact = begun.get();
        Training training = trainings.get(() -> opener.open(task, artifact));
        files.sweep(artifact);
        if (!isDone(training)) {
            long before = training.iteration();
            trainToNextCommit(training);
            contribution.incrementWriteCount(training.iteration() - before);
        }
        if (!isDone(training)) {
            return RepeatStatus.CONTINUABLE;
        }
        task.finish(artifact);
        return RepeatStatus.FINISHED;
    }

    private static boolean isDone(Training now) {
        return now.atLast() || now.setup().stopping().stops();
    }

    private void trainToNextCommit(Training now) throws IOException {
        TrainingSetup setup = now.setup();
        long commit = setup.commits().next(now.iteration());
        List<Metric> curve = new ArrayList<>();
        Training.Step step;
        boolean isCommit;
        do {
            step = now.iterate();
            isCommit = now.iteration() == commit;
            for (TrainingObjective.Point point :
                    setup.objective().curve(now.iteration(), step.loss(), step.rate(), isCommit)) {
                curve.add(metric(now, point.metric(), point.value()));
            }
        } while (now.iteration() < commit && !run.stopRequested());
        // A stop between commit points is no point of the curve: nothing is validated there.
        Validation.Result measured = isCommit ? setup.validation().measure(now.network()) : null;
        if (measured != null) {
            curve.add(metric(now, measured.metric(), measured.value()));
        }
        save(now, step, measured);
        metrics.addAll(curve);
        prune(now);
        if (now.atLast()) {
            task.check(now.artifact(), setup, step.loss());
        }
    }

    private static Metric metric(Training now, String name, double value) {
        return new Metric(now.artifact().id(), now.iteration(), name, value);
    }

    /** File first, row second. */
    private void save(Training now, Training.Step step, Validation.@Nullable Result measured) throws IOException {
        CheckpointFiles.Saved saved = files.save(now.network(), now.artifact(), now.iteration());
        Double validation = measured != null && measured.isLoss() ? (Double) measured.value() : null;
        checkpoints.add(new Checkpoint(
                now.artifact().id(),
                now.iteration(),
                saved.path(),
                saved.sha256(),
                (double) step.loss().nats(),
                validation));
    }

    /** The files of those that go are swept once this transaction is through. */
    private void prune(Training now) {
        List<Checkpoint> all = checkpoints.all(now.artifact().id());
        Set<Long> kept = now.setup().retention().kept(all);
        for (Checkpoint checkpoint : all) {
            if (!kept.contains(checkpoint.iteration()) && checkpoint.iteration() != now.iteration()) {
                checkpoints.delete(now.artifact().id(), checkpoint.iteration());
            }
        }
    }
}
