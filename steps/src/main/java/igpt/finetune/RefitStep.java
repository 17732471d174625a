package igpt.finetune;

import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.training.Training;
import igpt.training.TrainingLoop;
import igpt.training.TrainingStep;
import igpt.training.TrainingTask;
import org.springframework.stereotype.Component;

@Component
public record RefitStep(FinetuningTasks tasks, TrainingLoop loop, StepResource<Training> training)
        implements TrainingStep {
    public static final StepDescription REFIT = new StepDescription(
            RefitStep.class,
            "refit",
            "with fold_back: again on train and validation, for as many iterations as were best");

    @Override
    public TrainingTask task() {
        return tasks.of(FinetuningPhase.REFIT);
    }
}
