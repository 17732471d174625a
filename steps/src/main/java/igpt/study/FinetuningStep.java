package igpt.study;

import igpt.finetune.FinetuneParameters;
import igpt.recipe.ChildRuns;
import igpt.recipe.LaunchingStep;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.study.ExperimentParameters.Experiment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * The whole network trained on labels, from each pre-training there is and from random weights: at the learning rate
 * given, or, of several, at the best (section 3.2 of the paper), searched for each of them.
 */
@Component
public record FinetuningStep(Experiments experiments, ChildRuns children) implements LaunchingStep {
    public static final StepDescription FINETUNING = new StepDescription(
            FinetuningStep.class,
            "finetuning",
            "if asked for: the whole network on labels, pre-trained and from random weights");

    /** The others of the same name are the pre-training's or the probe's own. */
    private static final List<String> PASSED_ON =
            List.of("batch", "micro_batch", "recompute", "mask_rate", "masks", "seed", "device");

    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        finetune(experiments.model(), "pretrained", "finetune ar");
        if (experiments.wants(Experiment.BERT)) {
            finetune(experiments.bert(), "pretrained", "finetune bert");
        }
        finetune(experiments.model(), "random", "finetune from random weights");
        return RepeatStatus.FINISHED;
    }

    private void finetune(Artifact model, String start, String purpose) throws JobInterruptedException {
        var parameters = experiments.own(FinetuneParameters.class);
        parameters.keySet().retainAll(PASSED_ON);
        parameters.put("checkpoint", String.valueOf(model.run()));
        parameters.put("start", start);
        parameters.put("iterations", String.valueOf(experiments.parameters().finetuneIterations()));
        var rates = experiments.parameters().finetuneLearningRate();
        if (experiments.parameters().finetuneLearningRates().size() > 1) {
            parameters.put("of", "finetune");
            parameters.put("rates", rates);
            children.run("sweep", parameters, purpose);
        } else {
            parameters.put("learning_rate", rates);
            children.run("finetune", parameters, purpose);
        }
    }
}
