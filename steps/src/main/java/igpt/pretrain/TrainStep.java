package igpt.pretrain;

import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.training.Training;
import igpt.training.TrainingLoop;
import igpt.training.TrainingStep;
import org.springframework.stereotype.Component;

@Component
public record TrainStep(PretrainingTask task, TrainingLoop loop, StepResource<Training> training)
        implements TrainingStep {
    public static final StepDescription TRAIN =
            new StepDescription(TrainStep.class, "train", "predict the next pixel; a checkpoint at each commit point");
}
