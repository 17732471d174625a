package igpt.study;

import igpt.recipe.ChildRuns;
import igpt.recipe.LaunchingStep;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Checkpoints;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A step an experiment. */
@Configuration(proxyBeanMethods = false)
public record StudySteps(JobRepository repository, RunContext run, Experiments experiments) {
    public static final StepDescription MILESTONES =
            new StepDescription("milestones", "if asked for: a probe of every milestone of the training");
    public static final StepDescription BERT =
            new StepDescription("bert", "if asked for: the other objective, and its probe");
    public static final StepDescription FINETUNING = new StepDescription(
            "finetuning", "if asked for: the whole network on labels, pre-trained and from random weights");
    public static final StepDescription FEW_LABELS =
            new StepDescription("fewLabels", "if asked for: classifiers on few labels a class");

    @Bean
    Step milestones(Checkpoints checkpoints) {
        return step(MILESTONES, new MilestonesTasklet(experiments, run, checkpoints));
    }

    @Bean
    Step bert() {
        return step(BERT, new BertTasklet(experiments));
    }

    @Bean
    Step finetuning(ChildRuns children) {
        return step(FINETUNING, new FinetuningTasklet(experiments, children));
    }

    @Bean
    Step fewLabels(ChildRuns children) {
        return step(FEW_LABELS, new FewLabelsTasklet(experiments, children));
    }

    private Step step(StepDescription of, Tasklet tasklet) {
        return new LaunchingStep(of.name(), repository, run, tasklet);
    }
}
