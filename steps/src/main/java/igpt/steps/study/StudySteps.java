package igpt.steps.study;

import igpt.schema.Checkpoints;
import igpt.steps.run.ChildRuns;
import igpt.steps.run.RunContext;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** A step an experiment; one that is not asked for is through at once. */
@Configuration(proxyBeanMethods = false)
class StudySteps {
    @Bean
    Step milestones(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Experiments experiments,
            RunContext run,
            Checkpoints checkpoints) {
        return new StepBuilder("milestones", repository)
                .tasklet(new MilestonesTasklet(experiments, run, checkpoints), transactions)
                .build();
    }

    @Bean
    Step bert(JobRepository repository, PlatformTransactionManager transactions, Experiments experiments) {
        return new StepBuilder("bert", repository)
                .tasklet(new BertTasklet(experiments), transactions)
                .build();
    }

    @Bean
    Step finetuning(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Experiments experiments,
            ChildRuns children) {
        return new StepBuilder("finetuning", repository)
                .tasklet(new FinetuningTasklet(experiments, children), transactions)
                .build();
    }

    @Bean
    Step fewLabels(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Experiments experiments,
            ChildRuns children) {
        return new StepBuilder("fewLabels", repository)
                .tasklet(new FewLabelsTasklet(experiments, children), transactions)
                .build();
    }
}
