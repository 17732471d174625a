package igpt.study;

import igpt.pretrain.PretrainParameters;
import igpt.recipe.LaunchingStep;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** A probe of every milestone of the training: does a lower validation loss go with better features? */
@Component
public record MilestonesStep(Experiments experiments, RunContext run, Checkpoints checkpoints)
        implements LaunchingStep {
    public static final StepDescription MILESTONES = new StepDescription(
            MilestonesStep.class, "milestones", "if asked for: a probe of every milestone of the training");

    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact model = experiments.model();
        var milestones = run.parameters(PretrainParameters.class).milestoneIterations();
        for (Checkpoint checkpoint : checkpoints.all(model.id())) {
            if (milestones.contains(checkpoint.iteration())) {
                experiments.probe(model, "@" + checkpoint.iteration(), "milestone " + checkpoint.iteration());
            }
        }
        return RepeatStatus.FINISHED;
    }
}
