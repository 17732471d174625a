package igpt.study;

import igpt.config.ProbeParameters;
import igpt.recipe.ChildRuns;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** A classifier on the best layer's features of a few labelled images a class. */
record FewLabelsTasklet(Experiments experiments, ChildRuns children) implements Tasklet {
    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Map<String, String> parameters = experiments.own(ProbeParameters.class);
        parameters.put("checkpoint", String.valueOf(experiments.model().run()));
        parameters.put("labels", experiments.parameters().lowdataLabels());
        children.run("lowdata", parameters, "few labels");
        return RepeatStatus.FINISHED;
    }
}
