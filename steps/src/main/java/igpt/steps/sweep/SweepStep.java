package igpt.steps.sweep;

import igpt.schema.Artifacts;
import igpt.schema.Classifiers;
import igpt.schema.Datasets;
import igpt.schema.Metrics;
import igpt.schema.SweepTrials;
import igpt.steps.run.ChildRuns;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.RunContext;
import igpt.steps.run.Work;
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
