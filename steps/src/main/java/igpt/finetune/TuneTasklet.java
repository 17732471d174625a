package igpt.finetune;

import static igpt.finetune.ClassifierRecipe.FIRST;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.config.FinetuneParameters;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.Kept;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.schema.artifact.Artifact;
import igpt.train.Trainer;
import java.io.IOException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Trains to the next commit point at each call, and stops when the validation accuracy has not risen for as long as the
 * patience. The rows are all the state there is.
 */
record TuneTasklet(
        Plan plan,
        RunContext run,
        RunArtifacts artifacts,
        CheckpointFiles files,
        TuningOpener opener,
        TuningRecords records,
        Kept<Tuning> tunings)
        implements Tasklet {
    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        FinetuneParameters parameters = run.parameters(FinetuneParameters.class);
        if (plan.folded() && !parameters.foldBack()) {
            return RepeatStatus.FINISHED;
        }
        if (plan.folded()) {
            files.sweep(artifacts.get(FIRST)); // what its last commit gave up
        }
        Artifact classifier =
                artifacts.begin(plan.recipe(), artifacts.get(MODEL).name());
        if (artifacts.isDone(classifier)) {
            return RepeatStatus.FINISHED;
        }
        Tuning tuning = tunings.get(() -> opener.open(classifier, plan, last(parameters)));
        files.sweep(classifier);
        if (!isDone(tuning, parameters)) {
            long before = tuning.iteration();
            trainToNextCommit(tuning);
            contribution.incrementWriteCount(tuning.iteration() - before);
        }
        if (!isDone(tuning, parameters)) {
            return RepeatStatus.CONTINUABLE;
        }
        int layer = opener.head().layer();
        if (plan.folded()) {
            records.finishRefit(classifier, layer);
        } else {
            records.finishTuning(classifier, layer);
        }
        return RepeatStatus.FINISHED;
    }

    /** The last iteration: what was asked for, or what turned out best. */
    private long last(FinetuneParameters parameters) {
        return plan.folded() ? records.first().iteration() : parameters.iterations();
    }

    private boolean isDone(Tuning now, FinetuneParameters parameters) {
        int sinceBest = records.fromBest(now.classifier()).size() - 1;
        return now.atEnd() || (!plan.folded() && sinceBest >= parameters.patience());
    }

    private void trainToNextCommit(Tuning now) throws IOException {
        long commit = now.nextCommit();
        Trainer.Loss loss;
        do {
            loss = now.iterate();
        } while (now.iteration() < commit && !run.stopRequested());
        boolean regular = now.iteration() == commit;
        records.save(now, loss, regular && !plan.folded() ? now.validate() : null, regular);
    }
}
