package igpt.study;

import igpt.recipe.LaunchingStep;
import igpt.recipe.StepDescription;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** The other objective: hidden pixels predicted from all others; and what it has learnt. */
@Component
public record BertStep(Experiments experiments) implements LaunchingStep {
    public static final StepDescription BERT =
            new StepDescription(BertStep.class, "bert", "if asked for: the other objective, and its probe");

    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        experiments.probe(experiments.bert(), "", "probe of bert");
        return RepeatStatus.FINISHED;
    }
}
