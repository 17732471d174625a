package igpt.steps.test;

import igpt.schema.Artifacts;
import igpt.schema.Datasets;
import igpt.schema.Probes;
import igpt.steps.run.FeatureRows;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.Work;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class TestStep {
    @Bean
    Step test(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Work work,
            Artifacts artifacts,
            Datasets datasets,
            FeatureRows rows,
            Probes probes,
            ProgressReporter progress) {
        return new StepBuilder("test", repository)
                .tasklet(new TestTasklet(work, artifacts, datasets, rows, probes, progress), transactions)
                .build();
    }
}
