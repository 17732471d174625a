package igpt.finetune;

import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.training.Training;
import igpt.training.TrainingLoop;
import igpt.training.TrainingStep;
import igpt.training.TrainingTask;
import org.springframework.stereotype.Component;

@Component
public record TuneStep(FinetuningTasks tasks, TrainingLoop loop, StepResource<Training> training)
        implements TrainingStep {
    public static final StepDescription TUNE = new StepDescription(
            TuneStep.class,
            "tune",
            "model and classifier learn together, until the validation accuracy no longer rises");

    @Override
    public TrainingTask task() {
        return tasks.of(FinetuningPhase.TUNE);
    }
}
