package igpt.study;

import igpt.recipe.ChildRuns;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.Work;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Classifiers;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.SweepTrials;
import igpt.schema.dataset.Datasets;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class SweepStep {
    @Bean
    Step trials(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Work work,
            ChildRuns children,
            Artifacts artifacts,
            Datasets datasets,
            SweepTrials trials,
            Metrics metrics,
            Classifiers classifiers,
            ProgressReporter progress) {
        return new StepBuilder("trials", repository)
                .tasklet(
                        new SweepTasklet(
                                run,
                                work,
                                children,
                                artifacts,
                                datasets,
                                trials,
                                new Verdict(metrics, classifiers),
                                progress),
                        transactions)
                .build();
    }
}
