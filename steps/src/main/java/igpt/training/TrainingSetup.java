package igpt.training;

import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.train.Batches;
import igpt.train.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * All that tells one training from another.
 *
 * @param step by which {@code igpt runs} knows it: {@code train}
 * @param head the classifier that is trained too; null for none
 * @param batches what is learnt from, in which order
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
