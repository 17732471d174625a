package igpt.training;

import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.train.Batches;
import igpt.train.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * Everything in which trainings differ.
 *
 * @param step its name, by which {@code igpt runs} shows its progress: {@code train}
 * @param head the classifier that is trained with the model; null for none
 * @param batches what it learns from, in which order
 */
public record TrainingSetup(
        String step,
        ModelConfig config,
        @Nullable Head head,
        IterationSettings iteration,
        Batches batches,
        TrainingObjective objective,
        Schedule schedule,
        CommitPoints commits,
        Validation validation,
        StoppingRule stopping,
        Retention retention) {}
