package igpt.study;

import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.LowDataResults;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
public class SummaryStep {
    public static final StepDescription SUMMARY =
            new StepDescription("summary", "mean and standard deviation by number of labels");

    @Bean
    Step summary(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunArtifacts artifacts,
            LowDataResults results,
            ProgressReporter progress) {
        return new StepBuilder(SUMMARY.name(), repository)
                .tasklet(new SummaryTasklet(artifacts, results, progress), transactions)
                .build();
    }
}
