package igpt.study;

import igpt.recipe.ChildRuns;
import igpt.recipe.LaunchingStep;
import igpt.recipe.RunContext;
import igpt.schema.artifact.Checkpoints;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A step an experiment. */
@Configuration(proxyBeanMethods = false)
record StudySteps(JobRepository repository, RunContext run, Experiments experiments) {
    @Bean
    Step milestones(Checkpoints checkpoints) {
        return step("milestones", new MilestonesTasklet(experiments, run, checkpoints));
    }

    @Bean
    Step bert() {
        return step("bert", new BertTasklet(experiments));
    }

    @Bean
    Step finetuning(ChildRuns children) {
        return step("finetuning", new FinetuningTasklet(experiments, children));
    }

    @Bean
    Step fewLabels(ChildRuns children) {
        return step("fewLabels", new FewLabelsTasklet(experiments, children));
    }

    private Step step(String name, Tasklet tasklet) {
        return new LaunchingStep(name, repository, run, tasklet);
    }
}
