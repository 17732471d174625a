package igpt.steps.summary;

import igpt.schema.Artifacts;
import igpt.schema.LowDataResults;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.Work;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class SummaryStep {
    @Bean
    Step summary(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Work work,
            Artifacts artifacts,
            LowDataResults results,
            ProgressReporter progress) {
        return new StepBuilder("summary", repository)
                .tasklet(new SummaryTasklet(work, artifacts, results, progress), transactions)
                .build();
    }
}
