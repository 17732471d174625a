package igpt.training;

import igpt.recipe.RunStep;
import igpt.recipe.StepResource;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** A step that trains: a {@link TrainingTask}, from commit point to commit point. */
public interface TrainingStep extends RunStep {
    TrainingTask task();

    TrainingLoop loop();

    /** The training under way. */
    StepResource<Training> training();

    @Override
    default RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        return loop().toNextCommit(task(), training(), contribution);
    }
}
