package igpt.study;

import igpt.recipe.ProgressReporter;
import igpt.recipe.Work;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.LowDataResults;
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
