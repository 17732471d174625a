package igpt.study;

import igpt.probe.ProbeParameters;
import igpt.recipe.ChildRuns;
import igpt.recipe.LaunchingStep;
import igpt.recipe.StepDescription;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** A classifier on the best layer's features of a few labelled images a class. */
@Component
public record FewLabelsStep(Experiments experiments, ChildRuns children) implements LaunchingStep {
    public static final StepDescription FEW_LABELS =
            new StepDescription(FewLabelsStep.class, "fewLabels", "if asked for: classifiers on few labels a class");

    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        var parameters = experiments.own(ProbeParameters.class);
        parameters.put("checkpoint", String.valueOf(experiments.model().run()));
        parameters.put("labels", experiments.parameters().lowdataLabels());
        children.run("lowdata", parameters, "few labels");
        return RepeatStatus.FINISHED;
    }
}
