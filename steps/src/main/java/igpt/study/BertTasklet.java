package igpt.study;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** The other objective: hidden pixels predicted from all others; and what it has learnt. */
record BertTasklet(Experiments experiments) implements Tasklet {
    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        experiments.probe(experiments.bert(), "", "probe of bert");
        return RepeatStatus.FINISHED;
    }
}
